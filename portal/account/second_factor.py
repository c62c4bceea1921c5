"""The second factor of one's own account: set up with an app, recovery codes, and turned off. By the wall's clock."""

from urllib.parse import urlsplit

import segno
from flask import current_app, make_response, render_template, url_for
from flask_login import current_user
from markupsafe import Markup

from portal import clock
from portal.account import throttle
from portal.account.second_factor_forms import BeginForm, ConfirmForm, ProveForm
from portal.domain.accounts.sign_ins import recovery, second_factor
from portal.domain.errors import DomainError
from portal.web import answers, forms


def show():
    """Whether it is on; the password begins the set-up."""
    clock.use(0)
    form = BeginForm()
    if form.validate_on_submit():
        refused = _tried(
            form, lambda: second_factor.begin(current_user.user_id, current_user.sign_in_id, form.password.data)
        )
        if refused is None:
            return answers.done(url_for("account.second_factor.set_up"))
        return _page("account/second_factor/show.html", form, refused, **_state())
    return _page("account/second_factor/show.html", form, **_state())


def set_up():
    """The secret for the app, as a QR code and as text; its first code turns the second factor on."""
    clock.use(0)
    begun = second_factor.begun(current_user.user_id, current_user.sign_in_id, _issuer())
    if begun is None:
        return answers.done(url_for("account.second_factor.show"))
    form, codes = ConfirmForm(), []
    if form.validate_on_submit():
        refused = _tried(form, lambda: codes.extend(_confirm(form)))
        return _codes_page(codes, True) if refused is None else _set_up_page(form, begun, refused)
    return _set_up_page(form, begun)


def recovery_codes():
    """Ten new recovery codes instead of the old ones, shown once."""
    clock.use(0)
    form, codes = ProveForm(), []
    if form.validate_on_submit():
        prove = second_factor.new_recovery_codes
        refused = _tried(form, lambda: codes.extend(prove(current_user.user_id, form.password.data, form.code.data)))
        return _codes_page(codes, False) if refused is None else _page(_RENEWAL, form, refused, **_state())
    return _page(_RENEWAL, form, **_state())


def removal():
    """Ask for password and code, naming what is lost; then turn it off."""
    clock.use(0)
    form = ProveForm()
    if form.validate_on_submit():
        refused = _tried(form, lambda: second_factor.turn_off(current_user.user_id, form.password.data, form.code.data))
        if refused is None:
            return answers.done(url_for("account.second_factor.show"), "Your second factor is off.")
        return _page(_REMOVAL, form, refused, **_state())
    return _page(_REMOVAL, form, **_state())


_RENEWAL = "account/second_factor/renewal.html"
_REMOVAL = "account/second_factor/removal.html"


def _tried(form, act) -> int | None:
    """Do it unless it was tried too often; the status of the page that shows the refusal, or None."""
    if not throttle.may_try("prove", current_user.mail):
        throttle.refuse(form)
        return 429
    try:
        act()
    except DomainError as error:
        forms.take_errors(form, error)
        return 422
    throttle.was_no_guess("prove", current_user.mail)
    return None


def _confirm(form: ConfirmForm) -> list[str]:
    return second_factor.confirm(
        current_user.user_id, current_user.sign_in_id, form.code.data, end_others=form.end_others.data
    )


def _state() -> dict:
    return {"since": second_factor.since(current_user.user_id), "left": recovery.left(current_user.user_id)}


def _set_up_page(form, begun, status: int | None = None):
    drawing = segno.make(begun.address, micro=False).svg_inline(omitsize=True, svgclass=None, lineclass=None, border=1)
    secret = " ".join(begun.secret[start : start + 4] for start in range(0, len(begun.secret), 4))
    values = {"drawing": Markup(drawing), "secret": secret, "address": begun.address}  # noqa: S704 - drawn here
    return _page("account/second_factor/set_up.html", form, status, **values)


def _codes_page(codes: list[str], is_first: bool):
    return make_response(
        render_template("account/second_factor/codes.html", codes=codes, is_first=is_first, issuer=_issuer())
    )


def _page(template: str, form, status: int | None = None, **values):
    page = make_response(render_template(template, form=form, **values), status or (422 if form.errors else 200))
    return throttle.with_wait(page) if status == 429 else page


def _issuer() -> str:
    return f"partnerportal {urlsplit(current_app.config['SETTINGS'].public_url).hostname}"
