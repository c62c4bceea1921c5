"""Signing in, up and out, and setting a forgotten password.

Every answer here is the same whether or not somebody has the mail address: in its text, its status and its time. Whoever
signs up and can then not sign in knows it all the same, for sign-ups need no answer to a mail; their number is limited.
"""

from flask import Response, current_app, redirect, request, session, url_for
from flask_login import current_user

from portal import clock
from portal.account import second_step, throttle
from portal.account.answers import plain, secret_address
from portal.account.forms import AskForResetForm, ResetPasswordForm, SignInForm, SignUpForm
from portal.account.places import local_path
from portal.domain.accounts.partners import partners, terms
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import password_resets, second_factor, sign_ins
from portal.domain.errors import DomainError, Refused
from portal.web import answers, forms, signed_in

KNOWN_MAIL = "known_mail"  # what the session keeps of who comes, to fill in the form


def sign_in():
    """Mail and password, then the second factor if it is on, and on to where one was going."""
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    form = SignInForm(next=request.args.get("next"), mail=session.get(KNOWN_MAIL))
    if not form.validate_on_submit():
        return plain("account/sign_in.html", form)
    if not throttle.may_try("sign in", people.normal_mail(form.mail.data)):
        return _too_many("account/sign_in.html", form)
    user = people.proven(form.mail.data, form.password.data)
    if user is None:
        form.form_errors.append(
            "This mail address and password do not fit together. Check both, or set a new password."
        )
        return plain("account/sign_in.html", form)
    throttle.was_no_guess("sign in", people.normal_mail(form.mail.data))
    try:
        if second_factor.since(user.id):
            return second_step.go_on(user, local_path(form.next.data))
        signed_in.sign_in(people.sign_in(user, request.remote_addr or "", request.user_agent.string))
    except DomainError as error:
        forms.take_errors(form, error)
        return plain("account/sign_in.html", form)
    return redirect(local_path(form.next.data), 303)


def sign_out():
    """End this sign-in, and with it every copy of its cookie; an invitation for somebody else is read on."""
    if current_user.is_authenticated:
        sign_ins.end(current_user.key)
    session.clear()
    going_on = request.form.get("next")
    return answers.done(local_path(going_on) if going_on else url_for("account.sign_in"), "You are signed out.")


def sign_up():
    """A person founds a partner."""
    settings = current_app.config["SETTINGS"]
    form = SignUpForm(time_zone=settings.time_zone)
    offered = {"time_zones": partners.time_zones(), "terms": terms.present_number()}
    if not form.validate_on_submit():
        return plain("account/sign_up.html", form, **offered)
    if not throttle.may_try("sign up"):
        return _too_many("account/sign_up.html", form, **offered)
    try:
        people.sign_up(
            form.mail.data, form.name.data, form.password.data, form.company.data,
            confirmed=settings.confirm_partners, time_zone=form.time_zone.data, currency=form.currency.data,
            accepted_terms=form.terms.data if offered["terms"] else None,
        )  # fmt: skip
    except DomainError as error:
        throttle.was_no_guess("sign up")
        forms.take_errors(form, error)
        return plain("account/sign_up.html", form, **offered)
    session[KNOWN_MAIL] = form.mail.data.strip()
    message = "Thank you. Now sign in with your mail address and password. If you had an account before, its password has not changed."
    return answers.done(url_for("account.sign_in"), message)


def ask_for_reset():
    """Have a link mailed that sets a new password."""
    form = AskForResetForm(mail=session.get(KNOWN_MAIL))
    if not form.validate_on_submit():
        return plain("account/ask_for_reset.html", form)
    if not throttle.may_try("reset", people.normal_mail(form.mail.data)):
        return _too_many("account/ask_for_reset.html", form)
    clock.use(0)
    password_resets.ask(form.mail.data, _reset_link)
    return plain("account/reset_asked.html", form)


def reset_password(key: str):
    """Follow the mailed link, and set the new password."""
    clock.use(0)
    form = ResetPasswordForm()
    if not password_resets.is_open(key):
        return secret_address(plain("account/reset_over.html", form), 410)
    if not form.validate_on_submit():
        return secret_address(plain("account/reset_password.html", form, key=key))
    try:
        password_resets.use(key, form.password.data)
    except Refused:
        return secret_address(plain("account/reset_over.html", form), 410)
    except DomainError as error:
        forms.take_errors(form, error)
        return secret_address(plain("account/reset_password.html", form, key=key))
    return secret_address(answers.done(url_for("account.sign_in"), "Your new password is set. Sign in with it."))


def _reset_link(key: str) -> str:
    return current_app.config["SETTINGS"].public_url + url_for("account.reset_password", key=key)


def _too_many(template: str, form, **values) -> Response:
    throttle.refuse(form)
    response = throttle.with_wait(plain(template, form, **values))
    response.status_code = 429
    return response
