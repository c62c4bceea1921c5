"""Changing places: whoever has a PIN takes over, and what is booked is booked as theirs. The counter is all that it opens."""

from flask import g, render_template, session, url_for
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from portal.cards.counter.till import Till
from portal.domain.cards.counter import pins
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.serving import SERVES

_REQUIRED = InputRequired(say("This field is required."))


class PinForm(FlaskForm):
    """Somebody's PIN."""

    pin = PasswordField(say("PIN"), [_REQUIRED])


class OwnPinForm(PinForm):
    """A new one, and the password of whoever chooses it."""

    password = PasswordField(say("Your password"), [_REQUIRED])


def index():
    """Who can take over."""
    return render_template("cards/counter/cashiers.html", cashiers=pins.of(g.partner.home_id), till=Till())


def take_over(membership_id: str):
    """Take over with the PIN. Until then whoever served serves."""
    found, form = pins.one(g.partner.home_id, typed_id(membership_id) or 0), PinForm()
    if form.validate_on_submit():
        with tried(form):
            phone, signed_in = str(g.person.sign_in_id), g.person.user_id
            found = pins.enter(g.partner.home_id, found.membership_id, form.pin.data, phone, signed_in)
            session[SERVES] = [found.membership_id, found.set_at]
            return answers.done(url_for("counter.find"), say("{name} serves now.", name=found.name))
    return form_page("cards/counter/take_over.html", form, cashier=found, till=Till())


def pin():
    """Choose the PIN of whoever serves; their password is asked for."""
    till, form = Till(), OwnPinForm()
    if form.validate_on_submit():
        with tried(form):
            pins.choose(g.partner.home_id, till.cashier_id, form.pin.data, form.password.data)
            if till.is_taken_over:
                session[SERVES] = [*session[SERVES][:1], _set_at(session[SERVES][0])]
            return answers.done(url_for("counter.cashiers.index"), say("Your PIN is set."))
    return form_page("cards/counter/pin.html", form, till=till)


def _set_at(membership_id: int) -> int:
    return pins.one(g.partner.home_id, membership_id).set_at
