"""An offer as guests and members read it; members like it."""

from flask import g, redirect, render_template, request, url_for

from portal import clock
from portal.domain.cards.templates import looks
from portal.domain.errors import NotFound, Refused
from portal.domain.identifiers import typed_id
from portal.domain.member_offers import asking, likes, listing
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.collections import scopes
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.ties import outside
from portal.domain.member_offers.uses.cases import Case
from portal.domain.members.oauth.bans import Banned
from portal.domain.sentences import joined, say
from portal.member_offers.mobile import drawing, noting, why
from portal.web import answers


def show(club_slug: str, offer_id: str):
    """The offer, and what is in the way of its use."""
    case = found(offer_id)
    noting.opened(case)
    row = case.row
    return page(
        "member_offers/mobile/offer.html", offer=drawing.drawn([case])[0], limits=list(drawing.limits(case)),
        read_more=drawing.texts(row.read_more), stores=drawing.listed(row.stores),
    )  # fmt: skip


def leave(club_slug: str, offer_id: str):
    """Go to the offer's own page; a deal that comes of it finds the member."""
    address = outside.address(found(offer_id))
    if address is None:
        raise NotFound(say("offer"))
    return redirect(address)


def like(club_slug: str, offer_id: str):
    """Like it, or no more."""
    case = found(offer_id)
    act = likes.unlike if request.form.get("on") == "no" else likes.like
    try:
        act(case.asking, case.row.offer_id, scopes.shown(g.club))
    except Banned as error:
        raise Refused(joined(why.banned(case, error.until))) from None
    if answers.is_fragment():
        return render_template("member_offers/mobile/_like.html", offer=drawing.drawn([found(offer_id)])[0])
    return answers.done(url_for("mobile.show", club_slug=g.club.slug, offer_id=case.row.offer_id))


def found(offer_id: str) -> Case:
    """The offer as whoever asks sees it. Raises NotFound."""
    number = typed_id(offer_id)
    try:
        return listing.one(asks(), number or 0, scopes.shown(g.club))
    except OfferMissing:
        raise NotFound(say("offer")) from None


def asks() -> Asking:
    """Who asks here, now."""
    return asking.at(g.club.id, g.member and g.member.member_id)


def page(template: str, **context) -> str:
    """A page of the club's."""
    return render_template(template, **whose(), **context)


def whose() -> dict:
    """What a page of the club's says of it."""
    return {"club": g.club, "look": looks.of(g.club), "read_at": clock.now()}
