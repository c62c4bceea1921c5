"""Following the mailed invitation. Whoever holds the link learns what it invites to, and nobody else anything."""

from flask import request, session, url_for
from flask_login import current_user

from portal import clock
from portal.account import sentences
from portal.account.answers import plain, secret_address
from portal.account.pages import KNOWN_MAIL
from portal.account.team_forms import AcceptForm, JoinForm
from portal.domain.accounts.roles import ROLE_WORDS
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import User
from portal.domain.accounts.team import invitations
from portal.domain.accounts.team.tables import Invitation
from portal.domain.sentences import say
from portal.web import answers, known_browsers, signed_in
from portal.web.forms import tried


def join(key: str):
    """Accept the invitation, as whoever one is."""
    clock.use(0)
    row = invitations.of_key(key)
    state = invitations.state_of(row) if row else "unknown"
    if row is None or state != "open":
        said = sentences.over(state, row)
        return secret_address(plain("account/joining/over.html", AcceptForm(), said=said), 410)
    if current_user.is_authenticated:
        return secret_address(_signed_in(row))
    if invitations.invited_person(row):
        session[KNOWN_MAIL] = row.mail
        return secret_address(_page("sign_in", AcceptForm(), row))
    return secret_address(_new_person(row))


def _signed_in(row: Invitation):
    form = AcceptForm()
    if current_user.mail != row.mail:
        return _page("somebody_else", form, row)
    if form.validate_on_submit():
        with tried(form):
            invitations.accept(row, User.get_by_id(current_user.user_id))
            sign_ins.act_for(current_user.sign_in_id, current_user.user_id, row.partner_id)
            return _welcome(row)
    return _page("accept", form, row)


def _new_person(row: Invitation):
    form = JoinForm()
    if form.validate_on_submit():
        with tried(form):
            user = invitations.accept_as_new(row, form.name.data, form.password.data)
            signed_in.sign_in(sign_ins.begin(user, request.remote_addr or "", request.user_agent.string))
            known_browsers.remember(user.id)
            return _welcome(row)
    return _page("new_person", form, row)


def _page(name: str, form, row: Invitation):
    return plain(
        f"account/joining/{name}.html", form, invitation=row, invites=sentences.invites(row), here=request.path
    )


def _welcome(row: Invitation):
    return answers.done(
        url_for("home.start"),
        say("Welcome. You work for {name} as {role}.", name=row.partner.name, role=ROLE_WORDS[row.role]),
    )
