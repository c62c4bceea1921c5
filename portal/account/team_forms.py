"""The shape of what is typed about the team; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from portal.account.required import REQUIRED
from portal.domain.accounts.roles import MANAGER, ROLES

_ROLES = [SelectChoice(role, f"{role.capitalize()} – {text[0].lower()}{text[1:]}") for role, text in ROLES.items()]


class InviteForm(FlaskForm):
    """Who is invited, and as what."""

    mail = EmailField("Mail address", [REQUIRED])
    role = RadioField("Role", choices=_ROLES, default=MANAGER)
    password = PasswordField("Your password")


class RoleForm(FlaskForm):
    """Another role for somebody."""

    role = RadioField("Role", choices=_ROLES)
    password = PasswordField("Your password")


class JoinForm(FlaskForm):
    """A person who was invited and is not known yet."""

    name = StringField("Your name", [REQUIRED])
    password = PasswordField("Password", [REQUIRED])


class AcceptForm(FlaskForm):
    """A person who is known accepts; there is nothing to type."""
