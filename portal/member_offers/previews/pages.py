"""Previews: one offer and the club's start page, drawn as the club draws them, as somebody would see them at a moment. Nothing is
counted and nothing is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import g, render_template, url_for

from portal.domain.accounts.tables import Partner
from portal.domain.cards.templates import looks
from portal.domain.errors import Invalid
from portal.domain.member_offers import listing
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.uses import checks, previews
from portal.domain.sentences import say
from portal.member_offers.mobile import drawing
from portal.member_offers.mobile.part import others_of, shelves_of
from portal.member_offers.previews import asked
from portal.member_offers.previews.asked import Asked

Drawn = TypeVar("Drawn")
# The checks as programs know them, in plain words.
NAMES = {
    previews.SEEN: say("Members see it"),
    previews.SIGNED_IN: say("Somebody is signed in"),
    previews.BAN: say("No ban"),
    "active": say("No use is active"),
    "grant": say("Granted, where it must be"),
    checks.AUTHORIZATION: say("Code of the counter"),
    "member limit": say("Uses of one member"),
    "period limit": say("Uses of one member within a period"),
    "limit of all": say("Uses of all members"),
    "time": say("It is the time for it"),
    "scope": say("It is there to be used"),
}


def offer(offer_id: int):
    """One offer, and why it could be used or not: each check in order."""
    found, wanted = terms.find(g.partner.id, offer_id), asked.read()

    def drawn(who: Asking) -> dict[str, Any]:
        case = listing.as_it_is(who, offer_id)
        shown = {"offer": drawing.drawn([case])[0], "limits": list(drawing.limits(case))}
        texts = {"read_more": drawing.texts(case.row.read_more), "stores": drawing.listed(case.row.stores)}
        return shown | texts | {"steps": [_step(one) for one in previews.steps(case, found)]}

    return _page("member_offers/previews/offer.html", wanted, drawn, terms=found)


def index():
    """The start page of the club, in the order of its collections."""
    wanted = asked.read()

    def drawn(who: Asking) -> dict[str, Any]:
        shown = shelves_of(who)
        return {"shelves": shown.shelves, "newest": shown.newest, "others": list(others_of(g.partner.row, who))}

    return _page("member_offers/previews/index.html", wanted, drawn, place_of=lambda key: _place(key, wanted))


def _page(template: str, wanted: Asked, drawn: Callable[[Asking], dict[str, Any]], **context) -> str:
    club = Partner.get_by_id(g.partner.id)
    with _in_the_club(club):
        try:
            shown = _at(wanted, drawn)
        except Invalid as error:
            wanted.fault, wanted.moment = error.sentence, None
            shown = _at(wanted, drawn)
    return render_template(template, club=club, look=looks.of(club), asked=wanted, is_preview=True, **shown, **context)


def _at(wanted: Asked, drawn: Callable[[Asking], Drawn]) -> Drawn:
    member_id = wanted.member.id if wanted.member else None
    with previews.asking_at(g.partner.id, member_id, wanted.moment) as who:
        return drawn(who)


@contextmanager
def _in_the_club(club: Partner) -> Iterator[None]:
    """What draws offers asks which club it is."""
    g.club = club
    try:
        yield
    finally:
        del g.club


def _place(offer_id: int, wanted: Asked) -> str:
    named: dict[str, Any] = {"offer_id": offer_id, **wanted.address}
    return url_for("previews.offer", **named)


def _step(step: dict) -> dict:
    name = NAMES.get(step["check"], step["check"])
    return {"name": name, "state": step["outcome"], "text": step["detail"], "fix": step["fix"]}
