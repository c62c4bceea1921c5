"""The shape of what people type about cards; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.words import PERIODS
from portal.domain.sentences import say
from portal.web.inputs import MomentField, choices

PERIOD_WORDS = {"day": say("A day"), "week": say("A week"), "month": say("A month"), "year": say("A year")}


class IssueForm(FlaskForm):
    """Who gets a card, of which template."""

    looked_for = StringField(say("Customer"))
    customer = RadioField(say("Who gets it"), [InputRequired(say("Choose the customer."))], validate_choice=False)
    template = SelectField(say("Template"), [InputRequired(say("Choose the template."))], validate_choice=False)


class ExpirationForm(FlaskForm):
    """Until when a card is good."""

    until = MomentField(say("Good until"), [Optional()])


class LevelForm(FlaskForm):
    """The level of a membership, and how long its periods are."""

    tier = SelectField(say("Level"), [InputRequired(say("Choose a level."))])
    period = RadioField(say("Its visits are for"), choices=choices((one, PERIOD_WORDS[one]) for one in PERIODS))


class QuestionForm(FlaskForm):
    """An act that is asked for once more; what was shown to whoever asks."""

    seen = HiddenField()
