"""The second factor of one's own account: set up with an app, recovery codes, and turned off. By the wall's clock."""

from urllib.parse import urlsplit

import segno
from flask import current_app, render_template, url_for
from flask_login import current_user
from markupsafe import Markup

from portal import clock
from portal.account import sentences
from portal.account.answers import plain
from portal.account.second_factor_forms import BeginForm, ConfirmForm, ProveForm
from portal.domain.accounts.sign_ins import recovery, second_factor
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import tried
from portal.web.signed_in import stay


def show():
    """Whether it is on; the password begins the set-up."""
    clock.use(0)
    form = BeginForm()
    if form.validate_on_submit():
        with tried(form):
            second_factor.begin(current_user.user_id, current_user.sign_in_id, form.password.data)
            return answers.done(url_for("account.second_factor.set_up"))
    return plain("account/second_factor/show.html", form, **_state())


def set_up():
    """The secret for the app, as a QR code and as text; its first code turns the second factor on."""
    clock.use(0)
    begun = second_factor.begun(current_user.user_id, current_user.sign_in_id, _issuer())
    if begun is None:
        return answers.done(url_for("account.second_factor.show"))
    form = ConfirmForm()
    if form.validate_on_submit():
        with tried(form):
            renewed = second_factor.confirm(current_user.user_id, current_user.sign_in_id, form.code.data)
            return _codes_page(renewed, True)
    if refused := [*form.form_errors, *form.code.errors]:  # A page with the secret is not kept as other answers are.
        return answers.done(url_for("account.second_factor.set_up"), refused[0], "danger")
    return _set_up_page(form, begun)


def recovery_codes():
    """Ten new recovery codes instead of the old ones, shown once."""
    clock.use(0)
    form = ProveForm()
    if form.validate_on_submit():
        with tried(form):
            renewed = second_factor.new_recovery_codes(*_proofs(form))
            return _codes_page(renewed, False)
    return plain("account/second_factor/renewal.html", form, sentences=sentences, **_state())


def removal():
    """Ask for password and code, naming what is lost; then turn it off."""
    clock.use(0)
    form = ProveForm()
    if form.validate_on_submit():
        with tried(form):
            stay(second_factor.turn_off(*_proofs(form)))
            return answers.done(url_for("account.second_factor.show"), say("Your second factor is off."))
    return plain("account/second_factor/removal.html", form, sentences=sentences, **_state())


def _state() -> dict:
    return {"since": second_factor.since(current_user.user_id), "left": recovery.left(current_user.user_id)}


def _set_up_page(form, begun):
    drawing = segno.make(begun.address, micro=False).svg_inline(omitsize=True, svgclass=None, lineclass=None, border=1)
    secret = " ".join(begun.secret[start : start + 4] for start in range(0, len(begun.secret), 4))
    values = {"drawing": Markup(drawing), "secret": secret, "address": begun.address}  # noqa: S704 - drawn here
    return plain("account/second_factor/set_up.html", form, **values)


def _proofs(form: ProveForm) -> tuple:
    return current_user.user_id, current_user.sign_in_id, form.password.data, form.code.data


def _codes_page(renewed: second_factor.Renewed, is_first: bool):
    stay(renewed.key)
    codes = renewed.recovery_codes
    page = render_template("account/second_factor/codes.html", codes=codes, is_first=is_first, issuer=_issuer())
    return answers.shown_once(page)


def _issuer() -> str:
    return f"partnerportal {urlsplit(current_app.config['SETTINGS'].public_url).hostname}"
