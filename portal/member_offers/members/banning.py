"""A customer is kept from the club's offers for a while."""

from flask import g
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from portal.domain.members import bans, members
from portal.domain.sentences import say
from portal.member_offers.members.part import named, place
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.inputs import MomentField


class BanForm(FlaskForm):
    """Until when, and why."""

    banned_until = MomentField(say("Until"), [InputRequired(say("This field is required."))])
    reason = StringField(say("Reason"))


def ban(customer_id: str):
    """Ban the customer; a ban before is changed."""
    member = members.find(g.partner.id, customer_id)
    is_banned = bans.until(member) is not None
    known = {"banned_until": member.banned_until, "reason": member.ban_reason} if is_banned else None
    form = BanForm(data=known)
    if form.validate_on_submit() and form.banned_until.data:
        with tried(form):
            bans.ban(member, form.banned_until.data, form.reason.data)
            return answers.done(place(member), say("{name} is banned from the club’s offers.", name=named(member)))
    return form_page(
        "member_offers/members/ban.html",
        form,
        member=member,
        name=named(member),
        is_banned=is_banned,
        back=place(member),
    )


def lift(customer_id: str):
    """The customer may use offers again."""
    member = members.find(g.partner.id, customer_id)
    bans.lift(member)
    return answers.done(place(member), say("{name} may use the club’s offers again.", name=named(member)))
