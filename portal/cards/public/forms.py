"""The shape of what somebody types who wants a card; the rules are the domain's."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.domain.cards.asking import consent
from portal.domain.cards.templates.tables import CardField
from portal.domain.errors import Invalid
from portal.domain.sentences import say

_REQUIRED = InputRequired(say("This field is required."))
# What a template asks of the person, by the kind of its field: the input that has it.
OF_PERSON = {
    "FName": "first_name",
    "SName": "surname",
    "email": "mail",
    "phone": "phone",
    "DateOfBirth": "date_of_birth",
}


class PressForm(FlaskForm):
    """The button behind the mailed link; who was a customer before agrees there."""

    consent = BooleanField(say("Consent"))

    def __init__(self, agreement: str | None):
        super().__init__()
        if agreement is None:
            del self.consent
        else:
            self.consent.label.text = agreement


class CardForm(FlaskForm):
    """Who wants a card, and where its link is mailed."""

    first_name = StringField(say("First name"), [_REQUIRED])
    surname = StringField(say("Surname"), [Optional()])
    mail = StringField(say("Mail address"), [_REQUIRED])
    phone = StringField(say("Phone"), [Optional()])
    date_of_birth = DateField(say("Date of birth"), [Optional()])
    consent = BooleanField(say("Consent"))

    def __init__(self, fields: Iterable[CardField], agreement: str):
        super().__init__()
        self.consent.label.text = agreement
        self.asked = [field for field in fields if field.kind in OF_PERSON]
        for field in self.asked:
            if field.is_required:
                self[OF_PERSON[field.kind]].validators = [_REQUIRED]
                self[OF_PERSON[field.kind]].flags.required = True
        for kind in {"phone", "DateOfBirth"} - {field.kind for field in self.asked}:
            del self[OF_PERSON[kind]]

    def validate_consent(self, field: BooleanField) -> None:
        """The domain asks again; here it is told together with what else is missing."""
        try:
            consent.refuse_without(field.data)
        except Invalid as error:
            raise ValidationError(error.sentence) from error

    def person(self) -> dict[str, Any]:
        """Who it is, as the domain takes it."""
        typed = {name: self[name].data for name in OF_PERSON.values() if name in self}
        born = typed.get("date_of_birth")
        return typed | {"date_of_birth": born and born.isoformat()}

    def answers(self) -> list[dict[str, Any]]:
        """What the template asks of the person, answered by the inputs above."""
        person = self.person()
        return [{"id": field.id, "value": person[OF_PERSON[field.kind]] or None} for field in self.asked]
