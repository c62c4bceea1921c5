"""What a customer answers to the fields of a template."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from portal.database import Statement
from portal.domain import values
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.templates.tables import CardField
from portal.domain.codes import INVALID_VALUE, REQUIRED
from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong

LONGEST = 1000
_INSERT = Statement(
    """INSERT INTO card_field_value (card_id, field_id, value, unique_value) VALUES (:card, :field, :value, :key)
    ON CONFLICT (field_id, unique_value) DO NOTHING RETURNING id"""
)
_YES, _NO = ("true", "1", "yes"), ("false", "0", "no")


def _flag(text: str) -> str:
    said = text.lower()
    if said not in (*_YES, *_NO):
        raise Wrong(say("Send true or false."), INVALID_VALUE)
    return "true" if said in _YES else "false"


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Wrong(say("Write a day as year-month-day, such as 2026-09-24."), INVALID_VALUE) from None


def _number(text: str) -> str:
    if numbers.read(text, numbers.POINT) is None:
        raise Wrong(say("Give a number."), INVALID_VALUE)
    return text


_CHECKS = {"date": _date, "DateOfBirth": _date, "boolean": _flag, "number": _number}


def fields_of(template_id: int) -> list[CardField]:
    """The fields that the template asks for, in their order."""
    wanted = (CardField.template == template_id) & CardField.removed_at.is_null()
    return list(CardField.select().where(wanted).order_by(CardField.place, CardField.id))


def put(card: Card, given: Iterable[Mapping[str, Any]], *, is_new: bool = False) -> None:
    """In a transaction: set the answers that are given as {id, value}; null clears one. A new card needs all that are required.

    Raises Invalid for a field that the template has not, one that is required and empty, a value of another type, or one
    that another card has where each may be given once.
    """
    fields = {field.id: field for field in fields_of(card.template_id)}
    for field_id, value in _taken(fields, given, is_new).items():
        _set(card, fields[field_id], value)


def taken(template_id: int, given: Iterable[Mapping[str, Any]], *, is_new: bool = False) -> None:
    """Raise Invalid for answers that no card of the template would take, whatever others have."""
    _taken({field.id: field for field in fields_of(template_id)}, given, is_new)


def _taken(fields: Mapping[int, CardField], given: Iterable[Mapping[str, Any]], is_new: bool) -> dict[int, str | None]:
    answers: dict[int, str | None] = {}
    for place, item in enumerate(given):
        field = fields.get(item["id"])
        if field is None:
            raise Invalid(f"customFields.{place}.id", say("The template has no such field."))
        answers[field.id] = _checked(field, item.get("value"), place)
    missing = [field for field in fields.values() if is_new and field.is_required and not answers.get(field.id)]
    if missing:
        raise Invalid(
            "customFields", say("Give {name}: the template asks for it.", name=missing[0].name), code=REQUIRED
        )
    return answers


def _checked(field: CardField, value: object, place: int) -> str | None:
    name = f"customFields.{place}.value"
    text = values.optional_text(LONGEST)(str(value)) if value is not None else None
    if not text:
        if field.is_required:
            raise Invalid(name, say("{name} may not be empty.", name=field.name), code=REQUIRED)
        return None
    try:
        return _CHECKS.get(field.kind, str)(text)
    except Wrong as wrong:
        raise Invalid(name, wrong.sentence, code=wrong.code) from None


def _set(card: Card, field: CardField, value: str | None) -> None:
    CardFieldValue.delete().where(CardFieldValue.card == card, CardFieldValue.field == field).execute()
    if value is None:
        return
    key = compared(value) if field.is_unique else None
    if _INSERT.value(card=card.id, field=field.id, value=value, key=key) is None:
        raise Invalid(
            "customFields", say("Another card has this {name} already. Each may be given once.", name=field.name)
        )
