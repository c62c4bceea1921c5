"""At the counter, for whoever shows a card: codes for offers that are not used without one, and uses that were a mistake."""

from flask import g, render_template, request
from werkzeug import Response

from portal import clock
from portal.domain.errors import Refused
from portal.domain.identifiers import typed_id
from portal.domain.member_offers import asking, listing
from portal.domain.member_offers.authorizations import authorizations, choosing
from portal.domain.member_offers.collections import scopes
from portal.domain.member_offers.uses import of_member, uses
from portal.domain.member_offers.words import CLUB, INFORMATIONAL
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.member_offers.members import coding
from portal.member_offers.members.part import named
from portal.member_offers.members.undoing import given_back
from portal.web import answers
from portal.web.counter_parts import CounterPart


def _is_there() -> bool:
    return CLUB in g.partner.switched_on and listing.has_any(g.partner.id)


def _serve(member: Member, place: str) -> str | Response:
    if request.method == "GET":
        return _question(member, place) if request.args.get("undo") else _offers(member, place)
    try:
        return _undone(member, place) if request.form.get("use") else _code(member, place)
    except Refused as error:
        return answers.done(place, error.sentence, "warning")


def _offers(member: Member, place: str) -> str:
    since = clock.micros() - uses.AT_COUNTER * 1_000_000
    who = asking.at(g.partner.id, member.id)
    return render_template(
        "member_offers/counter/_offers.html",
        name=named(member),
        place=place,
        choices=choosing.of_member(who),
        without_code=choosing.without_code(who, [one for one in scopes.shown(g.partner.row) if one != INFORMATIONAL]),
        minutes=authorizations.LASTS_SECONDS // 60,
        lately=[
            use for use in of_member.uses(g.partner.id, member.id) if use.used_at > since and use.undone_at is None
        ],
        moment=clock.from_micros,
    )


def _code(member: Member, place: str) -> str:
    made = coding.make(member, typed_id(request.form.get("offer", "")) or 0)
    return render_template("member_offers/counter/_made.html", made=made, name=named(member), place=place)


def _question(member: Member, place: str) -> str:
    found = of_member.back(g.partner.id, member.id, request.args["undo"])
    return render_template(
        "member_offers/counter/_undo.html",
        name=named(member),
        use=found.use,
        at=clock.from_micros(found.use.used_at),
        given=given_back(found),
        place=place,
    )


def _undone(member: Member, place: str) -> Response:
    found = of_member.back(g.partner.id, member.id, request.form["use"])
    uses.undo(g.partner.id, found.use.uuid, uses.AT_COUNTER)
    return answers.done(place, say("The use of “{offer}” is undone.", offer=found.use.name))


PART = CounterPart("offers", say("Offers of the club"), "gift", _is_there, _serve)
