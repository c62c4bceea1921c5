"""The shape of a partner's settings; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, URLField
from wtforms.validators import Optional

from portal.account.required import REQUIRED


class FoundForm(FlaskForm):
    """One more partner."""

    name = StringField("Name", [REQUIRED])
    time_zone = StringField("Time zone", [REQUIRED])
    currency = StringField("Currency", [REQUIRED])
    terms = IntegerField("Terms of use", [Optional()])  # the number of the version that was accepted


class SettingsForm(FlaskForm):
    """A partner's settings."""

    name = StringField("Name", [REQUIRED])
    logo = URLField("Logo")
    time_zone = StringField("Time zone", [REQUIRED])
    currency = StringField("Currency", [REQUIRED])


class DetailsForm(FlaskForm):
    """What a person is called."""

    name = StringField("Your name", [REQUIRED])
