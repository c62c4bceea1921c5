"""What a customer answers to the fields of a template."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from portal.database import Statement
from portal.domain import values
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.templates import fields as template_fields
from portal.domain.cards.templates.tables import CardField, CardTemplate
from portal.domain.codes import INVALID_VALUE, REQUIRED
from portal.domain.errors import Invalid
from portal.domain.members.details import values as of_members
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.typed import days, numbers
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong

LONGEST = 1000
_INSERT = Statement(
    """INSERT INTO card_field_value (card_id, field_id, value, unique_value) VALUES (:card, :field, :value, :key)
    ON CONFLICT (field_id, unique_value) DO NOTHING RETURNING id"""
)
_RELEASE = Statement("UPDATE card_field_value SET unique_value = NULL WHERE card_id = :card")
_YES, _NO = ("true", "1", "yes"), ("false", "0", "no")


def _flag(text: str) -> str:
    said = text.lower()
    if said not in (*_YES, *_NO):
        raise Wrong(say("Send true or false."), INVALID_VALUE)
    return "true" if said in _YES else "false"


def _date(text: str) -> str:
    if days.day(text, days.BORN_FROM) is None:
        raise Wrong(say("Write a day as year-month-day, one that the calendar has, such as 2026-09-24."), INVALID_VALUE)
    return text


def _number(text: str) -> str:
    if numbers.read(text, numbers.POINT) is None:
        raise Wrong(say("Give a number."), INVALID_VALUE)
    return text


_text = values.optional_text(LONGEST)
_CHECKS = {"date": _date, "boolean": _flag, "number": _number}
# What the customer has answers such a field: by its kind, what takes it, and what shows it.
OF_CUSTOMER = {
    "FName": ("first_name", "first_name"), "SName": ("surname", "surname"), "phone": ("phone", "phone_typed"),
    "email": ("mail", "mail"), "DateOfBirth": ("date_of_birth", "date_of_birth"),
}  # fmt: skip


class _Answer(NamedTuple):
    """What is shown, and what it is told apart by."""

    value: str
    key: str


def of_customer(member_id: int | None) -> dict[str, str]:
    """What a customer has already of what templates ask for, by the kind of the field."""
    member = member_id and Member.get_or_none(Member.id == member_id)
    had = {kind: getattr(member, shown) for kind, (_, shown) in OF_CUSTOMER.items()} if member else {}
    return {kind: str(value) for kind, value in had.items() if value}


def put(card: Card, given: Iterable[Mapping[str, Any]], *, is_new: bool = False) -> None:
    """In a transaction: set the answers that are given as {id, value}; null clears one, and none or an empty one leaves it.
    What the customer has answers what is not given; a new card needs all that are required.

    Raises Invalid for a field that the template has not, one that is required and empty, a value of another type, or one
    that another card has where each may be given once.
    """
    fields = {field.id: field for field in template_fields.of(card.template_id)}
    known = of_customer(card.member_id) if any(field.kind in OF_CUSTOMER for field in fields.values()) else {}
    for field_id, answer in _taken(card.partner_id, fields, given, known, is_new).items():
        _set(card, fields[field_id], answer, known)


def release(card_id: int) -> None:
    """In the transaction that deletes a card: what it answered keeps no other card from the same answer."""
    _RELEASE.run(card=card_id)


def taken(template: CardTemplate, given: Iterable[Mapping[str, Any]], member_id: int | None = None) -> None:
    """Raise Invalid for answers that no new card of the template would take, of the customer or of anybody, whatever others have."""
    fields = {field.id: field for field in template_fields.of(template.id)}
    _taken(template.partner_id, fields, given, of_customer(member_id), is_new=True)


def _taken(
    partner_id: int, fields: Mapping[int, CardField], given: Iterable[Mapping[str, Any]], known: Mapping[str, str], is_new: bool
) -> dict[int, _Answer | None]:  # fmt: skip
    answers: dict[int, _Answer | None] = dict.fromkeys(fields) if is_new else {}
    for place, item in enumerate(given):
        field, value = fields.get(item["id"]), item.get("value", "")
        if field is None:
            raise Invalid(f"customFields.{place}.id", say("The template has no such field."))
        if value is None or str(value).strip():
            answers[field.id] = _checked(partner_id, field, value, f"customFields.{place}.value", known)
    lacking = [fields[number] for number, answer in answers.items() if answer is None and fields[number].is_required]
    missing = [field for field in lacking if field.kind not in known]
    if missing:
        raise Invalid(
            "customFields", say("Give {name}: the template asks for it.", name=missing[0].name), code=REQUIRED
        )
    return answers


def _checked(partner_id: int, field: CardField, value: object, name: str, known: Mapping[str, str]) -> _Answer | None:
    try:
        text = _text(str(value)) if value is not None else None
        if text is None and field.is_required and field.kind not in known:
            raise Wrong(say("{name} may not be empty.", name=field.name), REQUIRED)
        return _read(partner_id, field, text) if text else None
    except Wrong as wrong:
        raise Invalid(name, wrong.sentence, code=wrong.code) from None
    except Invalid as error:
        raise Invalid(name, error.sentence, code=error.code_of(error.field)) from None


def _read(partner_id: int, field: CardField, text: str) -> _Answer:
    """What every customer has is taken as theirs is."""
    if field.kind not in OF_CUSTOMER:
        value = _CHECKS.get(field.kind, str)(text)
        return _Answer(value, compared(value))
    name, shown = OF_CUSTOMER[field.kind]
    kept = of_members.taken(partner_id, {name: text})
    return _Answer(str(kept[shown]), compared(str(kept[name])))


def _set(card: Card, field: CardField, answer: _Answer | None, known: Mapping[str, str]) -> None:
    """What the customer has is not kept a second time, unless no other card may have it."""
    CardFieldValue.delete().where(CardFieldValue.card == card, CardFieldValue.field == field).execute()
    theirs = known.get(field.kind)
    if field.is_unique and answer is None and theirs:
        answer = _read(card.partner_id, field, theirs)
    if answer is None or (answer.value == theirs and not field.is_unique):
        return
    key = answer.key if field.is_unique else None
    if _INSERT.value(card=card.id, field=field.id, value=answer.value, key=key) is None:
        raise Invalid(
            "customFields", say("Another card has this {name} already. Each may be given once.", name=field.name)
        )
