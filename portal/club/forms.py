"""The shape of what members type about themselves; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from portal import languages
from portal.domain.sentences import say

_REQUIRED = InputRequired(say("This field is required."))


class MailForm(FlaskForm):
    """Who wants to sign in."""

    mail = StringField(say("Mail address"), [_REQUIRED])


class CodeForm(FlaskForm):
    """The code that was mailed."""

    code = StringField(say("Code"), [_REQUIRED])


class DetailsForm(FlaskForm):
    """What a member changes of what is known of them."""

    first_name = StringField(say("First name"), [_REQUIRED])
    surname = StringField(say("Surname"), [Optional()])
    language = SelectField(
        say("Language"),
        [Optional()],
        choices=[SelectChoice(*one) for one in (("", say("As my browser says")), *languages.NAMES.items())],
    )


class PasswordForm(FlaskForm):
    """Another password or none, and that it is the member who asks."""

    present = PasswordField(say("Present password"), [Optional()])
    code = StringField(say("Code"), [Optional()])
    password = PasswordField(say("New password"), [Optional()])
    removal = HiddenField()


class RemovalForm(FlaskForm):
    """Somebody leaves for good, and means it."""

    agreed = BooleanField(say("Yes, erase me"), [_REQUIRED])
