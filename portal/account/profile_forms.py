"""The shape of a partner's settings; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, URLField
from wtforms.validators import Optional

from portal.account.required import REQUIRED
from portal.domain.sentences import say
from portal.languages import NAMES, WHOLE
from portal.web import pickers
from portal.web.chosen import Searched
from portal.web.inputs import choices


def _offered(language: tuple[str, str]) -> tuple[str, str]:
    code, name = language
    if code in WHOLE:
        return code, name
    return code, say("{language}: signing in, signing up and mails so far", language=name)


def language_field(otherwise: str) -> SelectField:
    """One of the languages, or none: then it is said what is read."""
    return SelectField(say("Language"), choices=choices([("", otherwise), *map(_offered, NAMES.items())]), default="")


class FoundForm(FlaskForm):
    """One more partner."""

    name = StringField(say("Name"), [REQUIRED])
    time_zone = StringField(say("Time zone"), [REQUIRED, Searched(pickers.time_zones)])
    currency = StringField(say("Currency"), [REQUIRED, Searched(pickers.currencies)])
    terms = IntegerField(say("Terms of use"), [Optional()])  # the number of the version that was accepted


class SettingsForm(FlaskForm):
    """A partner's settings."""

    name = StringField(say("Name"), [REQUIRED])
    logo = URLField(say("Logo"))
    time_zone = StringField(say("Time zone"), [REQUIRED, Searched(pickers.time_zones)])
    currency = StringField(say("Currency"), [REQUIRED, Searched(pickers.currencies)])
    country = SelectField(
        say("Country"), choices=choices([("", say("As the time zone tells")), *pickers.countries()]), default=""
    )
    language = language_field(say("As each one’s browser asks for"))


class DetailsForm(FlaskForm):
    """What a person is called, and what they read."""

    name = StringField(say("Your name"), [REQUIRED])
    language = language_field(say("The partner’s, or what the browser asks for"))
