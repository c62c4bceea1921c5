"""The shape of what people type to set up and use a second factor."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from portal.domain.sentences import say

_REQUIRED = InputRequired(say("This field is required."))


class BeginForm(FlaskForm):
    """The password once more, before a secret is made."""

    password = PasswordField(say("Your password"), [_REQUIRED])


class ConfirmForm(FlaskForm):
    """The first code of the app."""

    code = StringField(say("Code"), [_REQUIRED])


class ProveForm(FlaskForm):
    """Password and code, for what weakens or renews the second factor."""

    password = PasswordField(say("Your password"), [_REQUIRED])
    code = StringField(say("Code of your app, or a recovery code"), [_REQUIRED])


class SecondStepForm(FlaskForm):
    """The code after the password."""

    code = StringField(say("Code"), [_REQUIRED])
    next = HiddenField()
