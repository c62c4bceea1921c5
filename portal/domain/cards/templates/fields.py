"""What a template asks of whoever gets a card: fields, those that every customer has and the partner's own (contract: cards)."""

from peewee import fn

from portal import clock
from portal.database import database, transaction
from portal.domain import codes, values
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.companies import limits
from portal.domain.cards.templates import templates
from portal.domain.cards.templates.tables import CardField, CardTemplate
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import checked

MOST = 30
# Each customer has these once: what they are called unless the partner calls them otherwise.
STANDARD = {
    "FName": say("First name"), "SName": say("Last name"), "phone": say("Phone"), "email": say("E-mail"),
    "DateOfBirth": say("Date of birth"),
}  # fmt: skip
OWN = {"text": say("Text"), "number": say("Number"), "date": say("Date"), "boolean": say("Yes or no")}
KINDS = STANDARD | OWN
_FIELDS = {
    "name": values.name(120),
    "kind": values.one_of(tuple(KINDS)),
    "is_required": values.flag(False),
    "is_unique": values.flag(False),
}


def add(template: CardTemplate, given: dict) -> CardField:
    """One more field, the last one. Raises Invalid for a name or a standard kind that is there, Refused when there are too many
    or the tariff has no fields of one's own."""
    with transaction():
        template = templates.locked(template.id)
        field = insert(template, given)
        templates.touched(template, "card_fields")
    return field


def insert(template: CardTemplate, given: dict) -> CardField:
    """As `add`, in the transaction that makes or has locked the template, and tells of it."""
    taken = checked({"name": None, "kind": None, **given}, _FIELDS)
    present = of(template)
    if len(present) >= MOST:
        raise Refused(say("A template has {most} fields at most. Remove one first.", most=MOST))
    if taken["kind"] in OWN:
        limits.refuse_without(template.partner_id, "custom_fields")
    _refuse_twice(present, taken)
    place = CardField.select(fn.COALESCE(fn.MAX(CardField.place), 0) + 1).where(CardField.template == template)
    return CardField.create(template=template, place=place.scalar(), **taken)


def change(template: CardTemplate, field_id: int | str, given: dict) -> CardField:
    """Set its name, whether it must be given, and whether no two cards may have the same. Its kind stays. Raises Invalid as `add`,
    Refused for one that becomes unique while cards that are not deleted have values of it."""
    taken = checked(given, {name: _FIELDS[name] for name in ("name", "is_required", "is_unique")})
    with transaction():
        template = templates.locked(template.id)
        field = find(template, field_id)
        after = {name: getattr(field, name) for name in _FIELDS} | taken
        _refuse_twice([one for one in of(template) if one.id != field.id], after)
        if after["is_unique"] != field.is_unique:
            _turn_unique(field, after["is_unique"])
        CardField.update(**taken).where(CardField.id == field.id).execute()
        templates.touched(template, "card_fields")
    return CardField.get_by_id(field.id)


def move(template: CardTemplate, field_id: int | str, is_up: bool) -> None:
    """Change its place with that of its neighbour; the first and the last stay where there is none."""
    with transaction():
        template = templates.locked(template.id)
        present = of(template)
        at = next((place for place, one in enumerate(present) if one.id == typed_id(field_id)), None)
        if at is None:
            raise NotFound(say("field"))
        other = at - 1 if is_up else at + 1
        if 0 <= other < len(present):
            present[at], present[other] = present[other], present[at]
            for place, one in enumerate(present, 1):
                CardField.update(place=place).where(CardField.id == one.id).execute()
            templates.touched(template, "card_fields")


def remove(template: CardTemplate, field_id: int | str) -> None:
    """Ask for it no more. What cards have of it is not shown any longer."""
    with transaction():
        template = templates.locked(template.id)
        field = find(template, field_id)
        CardField.update(removed_at=clock.now()).where(CardField.id == field.id).execute()
        templates.touched(template, "card_fields")


def find(template: CardTemplate, field_id: int | str) -> CardField:
    """One of its fields. Raises NotFound."""
    its = (CardField.template == template, CardField.id == typed_id(field_id), CardField.removed_at.is_null())
    field = CardField.get_or_none(*its)
    if field is None:
        raise NotFound(say("field"))
    return field


def of(template: CardTemplate | int) -> list[CardField]:
    """The fields of a template, or of the one with this id, in their order. Its SQL is kept: each card that is issued asks for them."""
    its = f"SELECT * FROM card_field WHERE template_id = {database.param} AND removed_at IS NULL ORDER BY place, id"
    return list(CardField.raw(its, template.id if isinstance(template, CardTemplate) else template))


def _refuse_twice(others: list[CardField], taken: dict) -> None:
    if compared(taken["name"]) in {compared(one.name) for one in others}:
        raise Invalid("name", say("There is a field “{name}” already. Choose another name.", name=taken["name"]))
    if taken["kind"] in STANDARD and taken["kind"] in {one.kind for one in others}:
        raise Invalid("kind", say("There is such a field already: every customer has this once."))
    if taken["kind"] == "boolean" and taken["is_unique"]:
        raise Invalid("is_unique", say("Yes or no cannot differ on all cards."), code=codes.INVALID_VALUE)


def _turn_unique(field: CardField, is_unique: bool) -> None:
    its = CardFieldValue.field == field
    if not is_unique:
        CardFieldValue.update(unique_value=None).where(its).execute()
    elif CardFieldValue.select().join(Card).where(its, Card.deleted_at.is_null()).exists():
        raise Refused(
            say("Cards have values of it already, which may be the same. Add another field for it."), field="is_unique"
        )
