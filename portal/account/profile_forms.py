"""The shape of a partner's settings; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, URLField
from wtforms.validators import InputRequired, Optional

_REQUIRED = InputRequired("This field is required.")


class FoundForm(FlaskForm):
    """One more partner."""

    name = StringField("Name", [_REQUIRED])
    time_zone = StringField("Time zone", [InputRequired("Choose a time zone.")])
    currency = StringField("Currency", [InputRequired("Choose a currency.")])
    terms = IntegerField("Terms of use", [Optional()])  # the number of the version that was accepted


class SettingsForm(FlaskForm):
    """A partner's settings."""

    name = StringField("Name", [_REQUIRED])
    logo = URLField("Logo")
    time_zone = StringField("Time zone", [InputRequired("Choose a time zone.")])
    currency = StringField("Currency", [InputRequired("Choose a currency.")])
