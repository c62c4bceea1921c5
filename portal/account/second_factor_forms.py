"""The shape of what people type to set up and use a second factor."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

_REQUIRED = InputRequired("This field is required.")


class BeginForm(FlaskForm):
    """The password once more, before a secret is made."""

    password = PasswordField("Your password", [_REQUIRED])


class ConfirmForm(FlaskForm):
    """The first code of the app."""

    code = StringField("Code", [_REQUIRED])


class ProveForm(FlaskForm):
    """Password and code, for what weakens or renews the second factor."""

    password = PasswordField("Your password", [_REQUIRED])
    code = StringField("Code of your app, or a recovery code", [_REQUIRED])


class SecondStepForm(FlaskForm):
    """The code after the password."""

    code = StringField("Code", [_REQUIRED])
    next = HiddenField()
