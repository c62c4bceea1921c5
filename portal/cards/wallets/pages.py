"""Wallets: an owner sets up what signs the company's passes, switches them on and off, and takes the keys away."""

from flask import abort, g, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.cards.wallets.forms import AppleForm, GoogleForm, body
from portal.domain.cards.wallets import setups
from portal.domain.cards.wallets.tables import APPLE, GOOGLE
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.inputs import is_on

_NAMES = {APPLE: say("Apple Wallet"), GOOGLE: say("Google Wallet")}


def index():
    """What is set up."""
    found = setups.of(g.partner.id)
    ended = {wallet for wallet, row in found.items() if clock.has_passed(row.ends_at)}
    return render_template("cards/wallets/index.html", found=found, names=_NAMES, ended=ended)


def apple():
    """Certificate, key and intermediate."""
    form = AppleForm()
    if form.validate_on_submit():
        with tried(form):
            files = (body(form.certificate), body(form.key), body(form.intermediate))
            setups.set_up_apple(g.partner.id, *files, current_user.user_id, form.password.data or "")
            return _done(say("Cards can be added to Apple Wallet."))
    return form_page("cards/wallets/apple.html", form)


def google():
    """Issuer and service account."""
    form = GoogleForm()
    if form.validate_on_submit():
        with tried(form):
            given = (form.issuer.data or "", body(form.account))
            setups.set_up_google(g.partner.id, *given, current_user.user_id, form.password.data or "")
            return _done(say("Cards can be added to Google Wallet."))
    return form_page("cards/wallets/google.html", form)


def switching():
    """Give out cards for a wallet, or no more."""
    wallet, on = _wallet(), is_on("on")
    setups.switch(g.partner.id, wallet, on)
    return _done(
        say("{wallet} is on.", wallet=_NAMES[wallet]) if on else say("{wallet} is off.", wallet=_NAMES[wallet])
    )


def removal():
    """Forget the keys of a wallet."""
    wallet = _wallet()
    setups.remove(g.partner.id, wallet)
    return _done(say("The keys of {wallet} are removed.", wallet=_NAMES[wallet]))


def _wallet() -> str:
    if (wallet := request.form.get("wallet")) not in _NAMES:
        abort(400)
    return wallet


def _done(message: str):
    return answers.done(url_for("wallets.index"), message)
