"""The shape of what is typed about the team; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from portal.account.required import REQUIRED
from portal.domain.accounts.roles import MANAGER, ROLE_NAMES, ROLES
from portal.domain.sentences import joined, say

_ROLES = [SelectChoice(role, joined([ROLE_NAMES[role], text], " – ")) for role, text in ROLES.items()]


class InviteForm(FlaskForm):
    """Who is invited, and as what."""

    mail = EmailField(say("Mail address"), [REQUIRED])
    role = RadioField(say("Role"), choices=_ROLES, default=MANAGER)
    password = PasswordField(say("Your password"))


class RoleForm(FlaskForm):
    """Another role for somebody."""

    role = RadioField(say("Role"), choices=_ROLES)
    password = PasswordField(say("Your password"))


class JoinForm(FlaskForm):
    """A person who was invited and is not known yet."""

    name = StringField(say("Your name"), [REQUIRED])
    password = PasswordField(say("Password"), [REQUIRED])


class AcceptForm(FlaskForm):
    """A person who is known accepts; there is nothing to type."""
