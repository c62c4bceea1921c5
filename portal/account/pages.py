"""Signing in and out.

Every answer here is the same whether or not somebody has the mail address: in its text, its status and its time.
"""

from flask import redirect, request, session, url_for
from flask_login import current_user

from portal.account import second_step
from portal.account.answers import plain
from portal.account.forms import SignInForm
from portal.account.places import local_path
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import second_factor, sign_ins
from portal.domain.accounts.tables import User
from portal.domain.sentences import say
from portal.web import answers, known_browsers, signed_in, throttle
from portal.web.forms import tried

KNOWN_MAIL = "known_mail"  # what the session keeps of who comes, to fill in the form


def sign_in():
    """Mail and password, then the second factor if it is on, and on to where one was going."""
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    form = SignInForm(next=request.args.get("next"), mail=session.get(KNOWN_MAIL))
    if form.validate_on_submit() and (user := _proven(form)):
        with tried(form):
            if second_factor.since(user.id):
                return second_step.go_on(user, local_path(form.next.data))
            signed_in.sign_in(people.sign_in(user, request.remote_addr or "", request.user_agent.string))
            known_browsers.remember(user.id)
            return redirect(local_path(form.next.data), 303)
    return plain("account/sign_in.html", form)


def sign_out():
    """End this sign-in, and with it every copy of its cookie; an invitation for somebody else is read on."""
    if current_user.is_authenticated:
        sign_ins.end(current_user.key)
    session.clear()
    going_on = request.form.get("next")
    return answers.done(local_path(going_on) if going_on else url_for("account.sign_in"), say("You are signed out."))


def _proven(form: SignInForm) -> User | None:
    """Whose mail and password these are, unless they were tried too often; else the form says what is wrong."""
    mail = people.normal_mail(form.mail.data)
    counters = throttle.of_passwords(mail, people.of_mail(mail))
    if not throttle.may_try(form, *counters, refused=throttle.MAIL):
        return None
    user = people.proven(form.mail.data, form.password.data)
    if user is None:
        form.form_errors.append(
            say("This mail address and password do not fit together. Check both, or set a new password.")
        )
        return None
    throttle.was_no_guess(*counters)
    return user
