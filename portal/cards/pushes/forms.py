"""The shape of a push as people write it; the rules are the domain's."""

from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from portal.cards.push_words import AUDIENCES
from portal.cards.pushes import offered
from portal.domain.cards.pushes import words
from portal.domain.cards.segments import lists as segment_lists
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.web.chosen import of_choice
from portal.web.inputs import MomentField, choices

REQUIRED = InputRequired(say("This field is required."))


class PushForm(FlaskForm):
    """To whom, what, and when."""

    template = SelectField(say("Cards of"), [REQUIRED])
    audience = RadioField(say("Who gets it"), choices=choices(AUDIENCES.items()), default=words.TEMPLATE)
    segment = SelectField(
        say("Segment"), validate_choice=False, description=say("Whoever is in it when the push begins.")
    )
    days = of_choice(
        IntegerField, say("Days"), "audience", words.UNSEEN, [Optional()],
        description=say("Customers for whom nothing was booked for so many days."),
    )  # fmt: skip
    card = of_choice(
        StringField, say("Number of the card"), "audience", words.CARD, [Optional()],
        description=say("Such as 123456-789-012; its dashes may be left out."),
    )  # fmt: skip
    message = TextAreaField(say("Message"), [DataRequired(say("This field is required."))])
    scheduled_at = MomentField(say("Day and time"), [Optional()])
    keeps_quiet = BooleanField(say("Keep quiet hours"), default=True)
    test_card = StringField(say("Card of your own"), description=say("It alone gets the message, at once."))

    def offer(self) -> None:
        """Put the partner's templates and segments to choose from."""
        self.template.choices = choices((row.uuid, row.name) for row in offered.templates())
        named = [(str(one.id), one.name) for one in segment_lists.of(g.partner.id)]
        self.segment.choices = choices([("", say("Choose one")), *named])

    def audience_given(self) -> dict[str, Any]:
        """How the domain narrows the cards. Raises Invalid for what is missing."""
        if self.audience.data == words.SEGMENT:
            if self.segment.data not in {value for value, *_ in self.segment.iter_choices() if value}:
                raise Invalid("segment", say("Choose a segment."))
            return {"segment_id": int(self.segment.data)}
        if self.audience.data == words.UNSEEN:
            if self.days.data is None:
                raise Invalid("days", say("Say for how many days."))
            return {"unseen_days": self.days.data}
        if self.audience.data == words.CARD:
            if not (self.card.data or "").strip():
                raise Invalid("card", say("Give the number of a card."))
            return {"card": self.card.data}
        return {}
