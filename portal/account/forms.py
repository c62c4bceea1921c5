"""The shape of what people type here; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from portal.account.required import REQUIRED
from portal.domain.money import EXPONENTS

_KEEPS = [SelectChoice("yes", "Yes, I keep it"), SelectChoice("no", "No, I leave it")]
_REQUIRED = InputRequired("This field is required.")


class SignInForm(FlaskForm):
    """Mail and password."""

    mail = EmailField("Mail address", [_REQUIRED])
    password = PasswordField("Password", [_REQUIRED])
    next = HiddenField()


class SignUpForm(FlaskForm):
    """A person and the company they found here."""

    company = StringField("Company", [REQUIRED])  # in the order of the page: the first wrong field gets the focus
    name = StringField("Your name", [REQUIRED])
    mail = EmailField("Mail address", [REQUIRED])
    password = PasswordField("Password", [REQUIRED])
    time_zone = StringField("Time zone", [REQUIRED])
    currency = SelectField("Currency", choices=sorted(EXPONENTS), default="USD")
    terms = IntegerField("Terms of use", [Optional()])  # the number of the version that was accepted


class AskForResetForm(FlaskForm):
    """Whose password is forgotten."""

    mail = EmailField("Mail address", [_REQUIRED])


class ResetPasswordForm(FlaskForm):
    """The new password, after following the link; and of an address that was not proved before, whose the partners are."""

    password = PasswordField("New password", [_REQUIRED])
    keeps = RadioField("Is it yours?", choices=_KEEPS, validate_choice=False)


class ProofForm(FlaskForm):
    """Whoever is signed in says that the address is theirs; there is nothing to type."""


class ChangePasswordForm(FlaskForm):
    """The present password and the new one."""

    present = PasswordField("Present password", [_REQUIRED])
    password = PasswordField("New password", [_REQUIRED])
