"""Exclusive offers are granted to a customer by hand, and taken back."""

from flask import g, render_template, request
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import Optional

from portal import clock
from portal.domain.identifiers import typed_id
from portal.domain.member_offers import asking, grants
from portal.domain.member_offers.terms import terms
from portal.domain.member_offers.words import SCOPES
from portal.domain.members import members
from portal.domain.sentences import say
from portal.member_offers.members import picking
from portal.member_offers.members.part import named, place
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.inputs import MomentField, choices


class GrantForm(FlaskForm):
    """Which offer, and until when."""

    offer = SelectField(say("Offer"))
    until = MomentField(say("Until"), [Optional()])


def grant(customer_id: str):
    """Choose an offer, and for how long; a new grant takes the place of one before."""
    member = members.find(g.partner.id, customer_id)
    who, form = asking.at(g.partner.id, member.id), GrantForm(data={"offer": request.args.get("offer")})
    offers = {str(offer_id): name for offer_id, name in grants.grantable(who)}
    form.offer.choices = choices(offers.items())
    if form.validate_on_submit():
        with tried(form):
            until = clock.to_micros(form.until.data) if form.until.data else None
            grants.grant_until(who, int(form.offer.data), list(SCOPES), until)
            told = say("{name} may use “{offer}” now.", name=named(member), offer=offers[form.offer.data])
            return answers.done(place(member), told)
    return form_page(
        "member_offers/members/grant.html", form, member=member, name=named(member), offers=offers, back=place(member)
    )


def of_offer(offer_id: int):
    """An offer is to be granted: to whom is looked for, and their page asks until when."""
    offer, text = terms.find(g.partner.id, offer_id).offer, picking.typed()
    return render_template(
        "member_offers/members/grant_to.html", offer=offer, text=text, found=picking.found(text), here=request.path
    )


def take_back(customer_id: str, offer_id: str):
    """The customer may use it no more."""
    member = members.find(g.partner.id, customer_id)
    grants.take_back(g.partner.id, member.id, typed_id(offer_id) or 0)
    return answers.done(place(member), say("{name} may not use the offer any more.", name=named(member)))
