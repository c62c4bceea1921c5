"""Codes of the counter: made for a customer and an offer, shown this once, typed by the customer on their phone."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import g, render_template, request
from werkzeug import Response

from portal import clock
from portal.domain.errors import Refused
from portal.domain.identifiers import typed_id
from portal.domain.member_offers import asking
from portal.domain.member_offers.authorizations import authorizations, choosing
from portal.domain.member_offers.listing import one
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.words import SCOPES
from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.member_offers.members import picking
from portal.member_offers.members.part import named, place
from portal.web import answers


class Made(NamedTuple):
    """A code, the name of its offer, for how many seconds and until when it is good."""

    digits: str
    offer: str
    seconds: int
    until: datetime


def make(member: Member, offer_id: int) -> Made:
    """A new code. Raises OfferMissing, Refused."""
    who = asking.at(g.partner.id, member.id)
    digits, lasts = authorizations.make(who, offer_id), authorizations.LASTS_SECONDS
    until = clock.from_micros(who.now) + timedelta(seconds=lasts)
    return Made(digits, one(who, offer_id, list(SCOPES)).row.name, lasts, until)


def index(customer_id: str):
    """The offers that need a code, each with a button or why it is of no use; then the code."""
    member = members.find(g.partner.id, customer_id)
    if request.method == "POST":
        return _made(member, typed_id(request.form.get("offer", "")) or 0, request.path)
    return render_template(
        "member_offers/members/codes.html",
        member=member,
        name=named(member),
        choices=choosing.of_member(asking.at(g.partner.id, member.id)),
        back=place(member),
    )


def of_offer(offer_id: int):
    """A code for an offer: whose it is to be is looked for."""
    offer = terms.find(g.partner.id, offer_id).offer
    if request.method == "POST":
        member = members.find(g.partner.id, request.form.get("customer", ""))
        return _made(member, offer.id, request.path)
    text = picking.typed()
    return render_template(
        "member_offers/members/code_for.html", offer=offer, text=text, found=picking.found(text), here=request.path
    )


def _made(member: Member, offer_id: int, back: str) -> Response:
    try:
        made = make(member, offer_id)
    except Refused as error:
        return answers.done(back, error.sentence, "warning")
    page = render_template(
        "member_offers/members/code.html", made=made, member=member, name=named(member), back=place(member)
    )
    return answers.shown_once(page)
