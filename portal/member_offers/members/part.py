"""The tab of a customer's page that tells of their offers, the acts in its menu, and whether they are banned."""

from flask import g, render_template, request, url_for

from portal import clock
from portal.domain.member_offers.uses import of_member
from portal.domain.member_offers.words import CLUB
from portal.domain.members import bans, names
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.web.customer_parts import Act, Badge, CustomerPart

TAB = "offers"
_LATEST = 10


def place(member: Member) -> str:
    """The address of the tab."""
    return f"/customers/{member.uuid}?tab={TAB}"


def named(member: Member) -> str:
    """What the customer is called."""
    return names.full(member.first_name, member.surname)


def _is_there() -> bool:
    return CLUB in g.partner.switched_on


def _draw(member: Member) -> str:
    kept, now = of_member.kept(g.partner.id, member.id), clock.micros()
    used = of_member.uses(g.partner.id, member.id)
    liked = [one for one in kept if one.liked_at is not None]
    most = {name: None if name == request.args.get("all") else _LATEST for name in ("used", "liked")}
    return render_template(
        "member_offers/members/_tab.html",
        member=member,
        name=named(member),
        banned_until=bans.until(member),
        uses=used[: most["used"]],
        more_uses=len(used[most["used"] :]) if most["used"] else 0,
        granted=[one for one in kept if one.granted_at is not None],
        liked=liked[: most["liked"]],
        more_liked=len(liked[most["liked"] :]) if most["liked"] else 0,
        place=place(member),
        now=now,
        moment=clock.from_micros,
    )


def _acts(member: Member) -> list[Act]:
    ban = url_for("members.banning.ban", customer_id=member.uuid)
    if bans.until(member) is None:
        banning = [Act(say("Ban from the club’s offers"), ban, "ban", is_danger=True)]
    else:
        lift = url_for("members.banning.lift", customer_id=member.uuid)
        banning = [Act(say("Change the ban"), ban, "ban"), Act(say("Lift the ban"), lift, "undo-2", is_form=True)]
    grant = url_for("members.granting.grant", customer_id=member.uuid)
    codes = url_for("members.coding.index", customer_id=member.uuid)
    return [
        Act(say("Grant an offer"), grant, "gift"),
        Act(say("Make a code for an offer"), codes, "key-round"),
        *banning,
    ]


def _badges(member: Member) -> list[Badge]:
    return [] if bans.until(member) is None else [Badge(say("Banned from offers"), "danger", "ban")]


PART = CustomerPart(TAB, say("Offers"), _is_there, _draw, _acts, _badges)
