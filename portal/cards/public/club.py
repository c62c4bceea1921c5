"""Cards in their partner's club: on its start page, and each by its link, or by its number for who is signed in."""

from flask import g, render_template

from portal.cards import drawing, sentences
from portal.cards.public import pages
from portal.domain.accounts.tables import Partner
from portal.domain.cards.asking import asking
from portal.domain.cards.cards import lists, of_members
from portal.domain.errors import NotFound
from portal.domain.members.sign_ins.sign_ins import OpenSignIn
from portal.domain.sentences import say
from portal.web.clubs import ClubPart


def by_link(club_slug: str, card_key: str):
    """The card's own page, in the club: whoever has its link sees it."""
    found = pages.found(card_key)
    if found.partner_id != g.club.id:
        raise NotFound(say("card"))
    return pages.shown(found)


def card(club_slug: str, card_id: str):
    """One of the member's own cards."""
    found = of_members.card(g.club.id, g.member.member_id, card_id)
    if found is None:
        raise NotFound(say("card"))
    return pages.shown(found)


def _part(club: Partner, member: OpenSignIn | None) -> str:
    held = of_members.cards(club.id, member.member_id) if member else []
    has = {one.template_id for one in held}
    offered = [one for one in of_members.offered(club.id) if one.id not in has] if asking.is_issuing(club.id) else []
    return render_template(
        "cards/public/_club.html", member=member, cards=list(zip(held, drawing.of_cards(held), strict=True)),
        offered=list(zip(offered, drawing.of_templates(offered), strict=True)),
    )  # fmt: skip


def _losses(member: OpenSignIn) -> list[str]:
    """Each of their cards, with what is on it."""
    held = of_members.cards(g.club.id, member.member_id)
    rows = {row.id: row for row in lists.page(g.club.id, len(held), 0, member=member.member_id)[0]} if held else {}
    return [
        say("Your card {name}: {on_it}", name=one.template.name, on_it=sentences.on_it(rows[one.id]))
        for one in held
        if one.id in rows
    ]


PART = ClubPart(of_members.has_any, _part, _losses)
