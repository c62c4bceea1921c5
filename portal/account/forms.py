"""The shape of what people type here; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from portal.account.required import REQUIRED
from portal.domain.money import EXPONENTS
from portal.domain.sentences import say

_KEEPS = [SelectChoice("yes", say("Yes, I keep it")), SelectChoice("no", say("No, I leave it"))]
_REQUIRED = InputRequired(say("This field is required."))


class SignInForm(FlaskForm):
    """Mail and password."""

    mail = EmailField(say("Mail address"), [_REQUIRED])
    password = PasswordField(say("Password"), [_REQUIRED])
    next = HiddenField()


class SignUpForm(FlaskForm):
    """A person and the company they found here."""

    company = StringField(say("Company"), [REQUIRED])  # in the order of the page: the first wrong field gets the focus
    name = StringField(say("Your name"), [REQUIRED])
    mail = EmailField(say("Mail address"), [REQUIRED])
    password = PasswordField(say("Password"), [REQUIRED])
    time_zone = StringField(say("Time zone"), [REQUIRED])
    currency = SelectField(say("Currency"), choices=sorted(EXPONENTS), default="USD")
    terms = IntegerField(say("Terms of use"), [Optional()])  # the number of the version that was accepted


class CodeForm(FlaskForm):
    """The code that was mailed."""

    code = StringField(say("Code"), [_REQUIRED])


class LinkForm(FlaskForm):
    """The mailed link was followed; in another browser the password is asked for."""

    password = PasswordField(say("The password that you chose"))


class AskForResetForm(FlaskForm):
    """Whose password is forgotten."""

    mail = EmailField(say("Mail address"), [_REQUIRED])


class ResetPasswordForm(FlaskForm):
    """The new password, after following the link; and of an address that was not proved before, whose the partners are."""

    password = PasswordField(say("New password"), [_REQUIRED])
    keeps = RadioField(say("Is it yours?"), choices=_KEEPS, validate_choice=False)


class ProofForm(FlaskForm):
    """Whoever is signed in says that the address is theirs; there is nothing to type."""


class ChangePasswordForm(FlaskForm):
    """The present password and the new one."""

    present = PasswordField(say("Present password"), [_REQUIRED])
    password = PasswordField(say("New password"), [_REQUIRED])
