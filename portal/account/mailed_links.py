"""Mailed links: they set a forgotten password, and prove that an address is whose it was said to be.

Asking is answered alike whether or not somebody has the address, and does the same work.
"""

from flask import redirect, request, session, url_for
from flask_login import current_user

from portal import clock
from portal.account.answers import plain, secret_address
from portal.account.forms import AskForResetForm, ProofForm, ResetPasswordForm
from portal.account.pages import KNOWN_MAIL
from portal.account.places import local_path
from portal.domain.accounts.people import claims, people
from portal.domain.accounts.sign_ins import asked_links, password_resets
from portal.domain.accounts.sign_ins.known_browsers import BY_MAIL
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.web import answers, known_browsers, mailing, throttle
from portal.web.forms import tried

_KEEPS = {"yes": True, "no": False}


def ask_for_reset():
    """Have a link mailed that sets a new password."""
    clock.use(0)
    form = AskForResetForm(mail=session.get(KNOWN_MAIL))
    if form.validate_on_submit() and throttle.may_try(form, throttle.by_address("link")):
        user = people.of_mail(form.mail.data)
        is_known = known_browsers.name_of(user) is not None
        asked_links.ask(people.normal_mail(form.mail.data), asked_links.RESET, is_known)
        return plain("account/reset_asked.html", form, has_server=mailing.has_server())
    return plain("account/ask_for_reset.html", form)


def reset_password(key: str):
    """Follow the mailed link, and set the new password."""
    clock.use(0)
    form = ResetPasswordForm()
    user = password_resets.owner_of(key)
    if user is None:
        return _over(form)
    if form.validate_on_submit():
        try:
            with tried(form, Invalid):
                password_resets.use(key, form.password.data, _KEEPS.get(form.keeps.data))
                known_browsers.remember(user.id, BY_MAIL)
                said = say("Your new password is set. Sign in with it.")
                return secret_address(answers.done(url_for("account.sign_in"), said))
        except Refused:  # Somebody was quicker.
            return _over(form)
    values = {"key": key, "doubtful": claims.doubtful(user), "is_proved": user.proved_at is not None}
    return secret_address(plain("account/reset_password.html", form, **values))


def prove_address(key: str):
    """Follow the link that was mailed at sign-up. Whoever is not signed in may also take the address from who signed up."""
    clock.use(0)
    form, user = ProofForm(), password_resets.owner_of(key)
    if user is None:
        return _over(form)
    if not current_user.is_authenticated:
        session[KNOWN_MAIL] = user.mail
        return secret_address(redirect(url_for("account.mailed_links.reset_password", key=key)))
    if current_user.user_id != user.id:
        return secret_address(plain("account/proof_of_another.html", form, mail=user.mail, here=request.path))
    if form.validate_on_submit():
        with tried(form):
            password_resets.prove(key, user.id)
            return secret_address(
                answers.done(url_for("home.start"), say("{mail} is yours: thank you.", mail=user.mail))
            )
    return secret_address(plain("account/prove_address.html", form, mail=user.mail, here=request.path))


def send_proof_again():
    """Mail the link once more."""
    clock.use(0)
    form = ProofForm()
    if throttle.may_try(form, throttle.by_person("proof")):
        asked_links.ask(current_user.mail, asked_links.SIGN_UP, in_known_browser=True)
        sent = say("A link is on its way to {mail}. It works for seven days.", mail=current_user.mail)
        return answers.done(_shown(), mailing.on_its_way(sent), mailing.tone())
    return answers.done(_shown(), form.form_errors[0], "warning")


def _over(form):
    return secret_address(plain("account/reset_over.html", form), 410)


def _shown() -> str:
    return local_path(request.form.get("next"))
