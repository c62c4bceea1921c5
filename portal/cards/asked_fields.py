"""What a template asks of whoever gets a card, as fields of a form: text, number, day, or yes and no."""

from collections.abc import Container, Iterable, Mapping
from datetime import date as Day
from typing import Any

from flask import request
from wtforms import BooleanField, DateField, Field, StringField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.templates.tables import CardField
from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import joined, say
from portal.web.forms import take_errors

# What a browser fills in by itself, and which keys a phone shows.
_OF_KIND: dict[str, dict[str, str]] = {
    "phone": {"type": "tel", "autocomplete": "tel"},
    "email": {"type": "email", "autocomplete": "email"},
    "FName": {"autocomplete": "given-name"},
    "SName": {"autocomplete": "family-name"},
    "number": {"inputmode": "decimal"},
}


class AnswersForm(BaseForm):
    """A field for each of a template's, named by its id."""

    def __init__(
        self,
        fields: Iterable[CardField],
        answered: Mapping[int, str | None] | None = None,
        known: Container[str] = (),
    ):
        """`known` are the kinds that the customer has answered already, who need not do it again."""
        self.asked = list(fields)
        super().__init__(
            {str(field.id): _input(field, known) for field in self.asked}, prefix="field-", meta=DefaultMeta()
        )
        shown = {str(number): value for number, value in (answered or {}).items()}
        self.process(request.form if request.method == "POST" else None, data=_shown(self.asked, shown))

    def given(self) -> list[dict[str, Any]]:
        """What was answered, as the domain takes it; whoever leaves a yes or no as it is says no."""
        return [{"id": field.id, "value": _written(self[str(field.id)])} for field in self.asked]

    def is_answered(self, form) -> bool:
        """Whether all was answered that is asked; what was not is told by the form around as well."""
        if self.validate():
            return True
        form.form_errors += [
            say("{field}: {sentence}", field=field.label.text, sentence=joined(field.errors))
            for field in self
            if field.errors
        ]
        return False

    def take(self, error: DomainError, form) -> None:
        """Put what the domain refused beside the answer that it is about, or else into the form around."""
        if not isinstance(error, Invalid):
            return take_errors(form, error)
        for name, sentence in error.errors:
            place = name.removeprefix("customFields.").partition(".")[0]
            if place.isdecimal() and int(place) < len(self.asked):
                field = self[str(self.asked[int(place)].id)]
                field.errors = [*field.errors, sentence]
                form.form_errors.append(say("{field}: {sentence}", field=field.label.text, sentence=sentence))
            else:
                take_errors(form, Invalid(name, sentence))
        return None


def _input(field: CardField, known: Container[str]) -> Any:
    required = field.is_required and field.kind != "boolean" and field.kind not in known
    checks = [InputRequired(say("This field is required."))] if required else [Optional()]
    if field.kind == "boolean":
        return BooleanField(field.name)
    if field.kind in ("date", "DateOfBirth"):
        return DateField(field.name, checks)
    return StringField(field.name, checks, render_kw={"maxlength": 1000, **_OF_KIND.get(field.kind, {})})


def _shown(fields: list[CardField], answered: Mapping[str, Any]) -> dict[str, Any]:
    shown = dict(answered)
    for field in fields:
        if field.kind == "boolean":
            shown[str(field.id)] = answered.get(str(field.id)) == "true"
        elif field.kind in ("date", "DateOfBirth") and answered.get(str(field.id)):
            shown[str(field.id)] = Day.fromisoformat(answered[str(field.id)])
    return shown


def _written(field: Field) -> str | None:
    if field.type == "BooleanField":
        return "true" if field.data else "false"
    return str(field.data) if field.data not in (None, "") else None
