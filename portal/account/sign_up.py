"""Signing up: a form, then the code that was mailed, and one is signed in.

Every answer is the same whether or not somebody has the mail address: in its text, its status and its time. Only whoever
has proved that it is theirs is told.
"""

from collections.abc import Callable

from flask import current_app, redirect, request, session, url_for
from flask_login import current_user

from portal import clock
from portal.account.answers import plain, secret_address
from portal.account.forms import CodeForm, LinkForm, SignUpForm
from portal.account.pages import KNOWN_MAIL
from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.sign_ups import codes, sign_ups
from portal.domain.accounts.sign_ups.sign_ups import HasAccount, SignedUp
from portal.domain.accounts.sign_ups.tables import HalfSignUp
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.web import answers, known_browsers, mailing, signed_in, throttle
from portal.web.forms import tried

_KEY = "half_sign_up"


def begin():
    """Who one is, and the partner that one founds."""
    if current_user.is_authenticated:
        return redirect(url_for("account.memberships.found"))
    clock.use(0)
    form = SignUpForm(time_zone=current_app.config["SETTINGS"].time_zone)
    offered = {"time_zones": partners.time_zones(), "terms": terms.present_number()}
    if form.validate_on_submit() and throttle.may_try(form, throttle.by_address("sign up")):
        with tried(form):
            session[_KEY] = sign_ups.begin(
                form.mail.data, form.name.data, form.password.data, form.company.data, network=throttle.here(),
                time_zone=form.time_zone.data, currency=form.currency.data,
                accepted_terms=form.terms.data if offered["terms"] else None,
            )  # fmt: skip
            session[KNOWN_MAIL] = form.mail.data.strip()
            return redirect(url_for("account.sign_up.code"), 303)
        throttle.was_no_guess(throttle.by_address("sign up"))
    return plain("account/sign_up/begin.html", form, **offered)


def code():
    """The code that was mailed, and on to the start page."""
    clock.use(0)
    form, row = CodeForm(), sign_ups.find(session.get(_KEY))
    if row is None:
        return _begin_again()
    tries = throttle.of_half_a_sign_up(row.id, row.mail)
    if form.validate_on_submit() and throttle.may_try(form, *tries, refused=throttle.SIGN_UP):
        return _finished(form, lambda: sign_ups.finish_by_code(row, form.code.data, *_whence())) or _ask(form, row)
    return _ask(form, row)


def send_again():
    """Mail the code once more."""
    clock.use(0)
    form, row = CodeForm(), sign_ups.find(session.get(_KEY))
    if row is None:
        return _begin_again()
    if throttle.may_try(form, throttle.by_address("sign up")):
        sign_ups.send_again(row)
        return answers.done(url_for("account.sign_up.code"), say("The code is mailed once more."))
    return answers.done(url_for("account.sign_up.code"), form.form_errors[0], "warning")


def confirmation(link: str):
    """Follow the mailed link; in another browser than the one it was begun in, with the password that was typed there."""
    clock.use(0)
    form, row = LinkForm(), sign_ups.of_link(link)
    if row is None:
        return secret_address(_begin_again())
    key = session.get(_KEY)
    if form.validate_on_submit() and throttle.may_try(form, throttle.of_link_to_sign_up(row.id)):
        password = form.password.data or ""
        if done := _finished(form, lambda: sign_ups.finish_by_link(row, key, password, *_whence())):
            return secret_address(done)
    page = plain(
        "account/sign_up/confirmation.html", form, row=row, is_here=sign_ups.begun_in(row, key), here=request.path
    )
    return secret_address(page)


def _finished(form, finish: Callable[[], SignedUp]):
    """Signed in on the start page; None while the form must be corrected."""
    try:
        with tried(form, Invalid, Refused):
            done = finish()
            signed_in.sign_in(done.key)
            known_browsers.remember(done.user_id)
            return answers.done(url_for("home.start"), say("Welcome. You are signed in."))
    except HasAccount as error:
        session.pop(_KEY, None)
        return answers.done(url_for("account.sign_in"), error.sentence, "info")
    return None


def _ask(form: CodeForm, row: HalfSignUp):
    """The page that asks for the code; where no mail leaves, in the demo world, it says the code itself."""
    has_server = mailing.has_server()
    shown = codes.code_of(row) if current_app.config["SETTINGS"].demo and not has_server else None
    return plain(
        "account/sign_up/code.html", form, mail=row.mail, has_server=has_server, shown=shown, minutes=codes.MINUTES
    )


def _whence() -> tuple[bool, str, str]:
    confirmed = current_app.config["SETTINGS"].confirm_partners
    return confirmed, request.remote_addr or "", request.user_agent.string


def _begin_again():
    session.pop(_KEY, None)
    return answers.done(
        url_for("account.sign_up.begin"),
        say("This sign-up has run out or was finished. Begin again, or sign in."),
        "info",
    )
