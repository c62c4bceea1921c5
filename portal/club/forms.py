"""The shape of what members type about themselves; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, StringField
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
    phone = StringField(say("Phone"), [Optional()])
    date_of_birth = StringField(say("Date of birth"), [Optional()])
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


class NewMailForm(FlaskForm):
    """Another mail address."""

    mail = StringField(say("New mail address"), [_REQUIRED])


class MovedForm(FlaskForm):
    """That the new address is theirs, and that it is the member who asks. What the codes are called says the page."""

    code = StringField(say("Code"), [_REQUIRED])
    present = PasswordField(say("Present password"), [Optional()])
    present_code = StringField(say("Code"), [Optional()])


class RemovalForm(FlaskForm):
    """Somebody leaves for good, and means it: they type the address that they sign in by."""

    mail = StringField(say("Your mail address"), [_REQUIRED])
