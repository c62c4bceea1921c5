"""Signing in, the second step: after the right password a code. Nobody without the password comes to see it."""

from flask import redirect, request, session, url_for
from flask_login import current_user

from portal import clock
from portal.account.answers import plain
from portal.account.places import local_path
from portal.account.second_factor_forms import SecondStepForm
from portal.domain.accounts.sign_ins import half_sign_ins
from portal.domain.accounts.sign_ins.guesses import Counter
from portal.domain.accounts.tables import User
from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import say
from portal.web import answers, forms, known_browsers, signed_in, throttle

_KEY = "half_sign_in"
_TEMPLATE = "account/second_step.html"


def go_on(user: User, place: str):
    """The password was right: have this browser asked for the code. Raises Refused when it was changed since."""
    key = half_sign_ins.begin(user)
    session.clear()
    session[_KEY] = key
    return redirect(url_for("account.second_step.code", next=place), 303)


def code():
    """A code of the app or a recovery code, and on to where one was going."""
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    clock.use(0)
    form = SecondStepForm(next=request.args.get("next"))
    user = half_sign_ins.find(session.get(_KEY))
    if user is None:
        return _begin_again(form.next.data)
    if form.validate_on_submit():
        if not throttle.may_try(form, throttle.of_half_a_sign_in(session[_KEY])):
            return _begin_again(form.next.data)
        counters = throttle.of_codes(user, form.code.data)
        if throttle.may_try(form, *counters, refused=throttle.CODE):
            return _finish(form, user, counters)
    return plain(_TEMPLATE, form)


def _finish(form: SecondStepForm, user: User, counters: tuple[Counter, ...]):
    key, agent = session[_KEY], request.user_agent.string
    try:
        signed_in.sign_in(half_sign_ins.finish(key, form.code.data, request.remote_addr or "", agent))
    except DomainError as error:
        if not isinstance(error, Invalid) and half_sign_ins.find(key) is None:
            return _begin_again(form.next.data)
        forms.take_errors(form, error)
        return plain(_TEMPLATE, form)
    throttle.was_no_guess(*counters)
    known_browsers.remember(user.id)
    return redirect(local_path(form.next.data), 303)


def _begin_again(place: str | None):
    session.pop(_KEY, None)
    words = say(
        "Begin with your mail address and password. After that you have ten minutes and five tries for the code."
    )
    return answers.done(url_for("account.sign_in", next=local_path(place)), words, "info")
