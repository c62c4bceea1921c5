"""The safety of one's own account: where one is signed in, and the password. These pages go by the wall's clock."""

from flask import render_template, url_for
from flask_login import current_user

from portal import clock
from portal.account import sentences
from portal.account.answers import plain
from portal.account.forms import ChangePasswordForm
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import sign_ins as rows
from portal.domain.sentences import say
from portal.web import answers, known_browsers
from portal.web.agents import named
from portal.web.forms import tried
from portal.web.signed_in import stay


def sign_ins():
    """Every browser in which one is signed in."""
    clock.use(0)
    return render_template("account/sign_ins.html", sign_ins=rows.open_of(current_user.user_id), named=named)


def end_one(sign_in_id: int):
    """End one of them; ending the present one is signing out."""
    clock.use(0)
    rows.end_one(current_user.user_id, sign_in_id)
    return answers.done(url_for("account.security.sign_ins"), say("That sign-in has ended."))


def end_others():
    """End all but the present one."""
    clock.use(0)
    count = rows.end_others(current_user.user_id, current_user.sign_in_id)
    return answers.done(url_for("account.security.sign_ins"), sentences.sign_ins_ended(count))


def password():
    """Change the password; every other sign-in ends with it."""
    clock.use(0)
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with tried(form):
            present, new = form.present.data, form.password.data
            stay(people.change_password(current_user.user_id, current_user.sign_in_id, present, new))
            known_browsers.remember(current_user.user_id)
            said = say("Your new password is set. Every other sign-in has ended.")
            return answers.done(url_for("account.security.sign_ins"), said)
    return plain("account/password.html", form)
