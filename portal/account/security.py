"""The safety of one's own account: where one is signed in, and the password. These pages go by the wall's clock."""

from flask import make_response, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.account import throttle
from portal.account.agents import named
from portal.account.forms import ChangePasswordForm
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import sign_ins as rows
from portal.domain.errors import DomainError
from portal.web import answers, forms


def sign_ins():
    """Every browser in which one is signed in."""
    clock.use(0)
    return render_template("account/sign_ins.html", sign_ins=rows.open_of(current_user.user_id), named=named)


def end_one(sign_in_id: int):
    """End one of them; ending the present one is signing out."""
    clock.use(0)
    rows.end_one(current_user.user_id, sign_in_id)
    return answers.done(url_for("account.security.sign_ins"), "That sign-in has ended.")


def end_others():
    """End all but the present one."""
    clock.use(0)
    count = rows.end_others(current_user.user_id, current_user.sign_in_id)
    words = (
        "There was no other sign-in."
        if not count
        else f"{count} other sign-in{'s have' if count > 1 else ' has'} ended."
    )
    return answers.done(url_for("account.security.sign_ins"), words)


def password():
    """Change the password; every other sign-in ends with it."""
    clock.use(0)
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _password_page(form)
    if not throttle.may_try("change password", current_user.mail):
        throttle.refuse(form)
        return throttle.with_wait(_password_page(form, 429))
    try:
        people.change_password(current_user.user_id, current_user.sign_in_id, form.present.data, form.password.data)
    except DomainError as error:
        forms.take_errors(form, error)
        return _password_page(form)
    return answers.done(
        url_for("account.security.sign_ins"), "Your new password is set. Every other sign-in has ended."
    )


def _password_page(form, status: int | None = None):
    return make_response(render_template("account/password.html", form=form), status or (422 if form.errors else 200))
