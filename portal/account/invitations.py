"""Inviting people into the team: by mail, again, and no longer."""

from flask import current_app, g, render_template, request, url_for
from flask_login import current_user

from portal.account import sentences
from portal.account.team_forms import InviteForm
from portal.domain.accounts.team import invitations
from portal.domain.sentences import say
from portal.web import answers, mailing
from portal.web.forms import form_page, tried


def new():
    """Invite somebody."""
    if g.partner.is_test:
        return answers.done(
            _team(), say("The team is that of the live partner. Leave test mode to invite somebody."), "warning"
        )
    form = InviteForm()
    if form.validate_on_submit():
        with tried(form):
            given = form.mail.data, form.role.data, current_user.user_id, link, form.password.data or ""
            row = invitations.invite(g.partner.row, *given)
            sent = say("An invitation is on its way to {mail}.", mail=row.mail)
            return answers.done(_team(), mailing.on_its_way(sent), mailing.tone())
    return form_page("account/team/invite.html", form)


def send_again(invitation_id: int):
    """Mail a new link."""
    row = invitations.invite_again(g.partner.id, invitation_id, current_user.user_id, link)
    sent = say("A new link is on its way to {mail}. The old one works no more.", mail=row.mail)
    return answers.done(_team(), mailing.on_its_way(sent), mailing.tone())


def withdrawal(invitation_id: int):
    """Ask, then end an invitation."""
    row = invitations.open_one(g.partner.id, invitation_id)
    if request.method == "GET":
        return render_template("account/team/withdrawal.html", invitation=row, sentences=sentences)
    invitations.withdraw(g.partner.id, invitation_id, current_user.user_id)
    return answers.done(_team(), say("The invitation for {mail} is withdrawn.", mail=row.mail))


def link(key: str) -> str:
    """The address that is mailed."""
    return current_app.config["SETTINGS"].public_url + url_for("account.joining.join", key=key)


def _team() -> str:
    return url_for("account.team.index")
