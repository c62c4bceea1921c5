"""What a row of a file says of a customer, what importing it would do, and doing it: by the verbs that pages and the API call."""

import re
from typing import NamedTuple

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports import card_parts
from portal.domain.cards.imports.card_parts import CardPart
from portal.domain.cards.imports.files import FIELDS, KNOWN_BY, PERSON
from portal.domain.cards.imports.tables import CardImport
from portal.domain.cards.operations.rows import Operation
from portal.domain.errors import Invalid, Refused
from portal.domain.identifiers import typed_uuid
from portal.domain.importing import reasons
from portal.domain.importing.words import CHANGED, NEW, SAME
from portal.domain.importing.work import text_of
from portal.domain.members import finding, members
from portal.domain.members.details import values
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.typed import numbers

UPDATE, SKIP = "update", "skip"
SERIAL = "serial:"
_GENDERS = {
    **dict.fromkeys(("0", "not known", "unknown"), 0),
    **dict.fromkeys(("1", "m", "male", "man"), 1),
    **dict.fromkeys(("2", "f", "female", "woman"), 2),
}
_OF_BAD_LINES = -1  # No template has this id.
# What is one customer's, and how it is looked for.
_ASKED = {"phone": "phone", "mail": "mail", "external_user_id": "theirs"}
_WITH_DOTS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


class Said(NamedTuple):
    """A row as its columns say it; an empty cell says nothing. `kept` is what was given as the columns of a customer keep it."""

    given: dict
    kept: dict
    uuid: str | None
    card: CardPart | None


class Step(NamedTuple):
    """What importing a row does: its state, the customer if it is known, and what of it changes; whether a card is issued."""

    state: str
    member: Member | None
    changes: dict
    issues: bool


class Brought(NamedTuple):
    """What a row became: the customer, and whether it was made; the card that was issued, and what is on it."""

    member: Member
    is_made: bool
    card: Card | None = None
    operation: Operation | None = None


def said(found: CardImport, cells: list[str]) -> Said:
    """What the cells say. Raises Invalid with every cell that cannot be taken."""
    reasons.refuse_more_cells(cells, len(found.head))
    texts = {field: text for field in FIELDS if (text := text_of(cells, found.mapping, field))}
    if not any(field in texts for field in KNOWN_BY):
        sentence = say("Nothing tells who this is. Give a phone, a mail address, or the id in your software.")
        raise Invalid("line", sentence)
    uuid = texts.pop("id", None)
    errors = _wrong_id(uuid)
    given = {field: texts[field] for field in PERSON if field in texts} | _read(texts, errors)
    sign = found.decimal_sign or found.found_sign or numbers.POINT
    card = card_parts.said(found.partner_id, texts, sign, found.template_id, errors)
    try:
        kept = values.taken(found.partner_id, given)
    except Invalid as invalid:
        errors += invalid.errors
    if errors:
        raise Invalid(*errors[0], errors)
    return Said(given, kept, uuid, card)


def _wrong_id(uuid: str | None) -> list[tuple[str, str]]:
    if not uuid or typed_uuid(uuid):
        return []
    other = say("“{text}” is no id of this portal. For ids of yours choose “Id in your software”.", text=uuid[:40])
    return [("id", other)]


def foreseen(partner_id: int, row: Said, known: str) -> Step:
    """What importing the row would do now. Raises what importing it would raise."""
    member = find(partner_id, row)
    if member is None:
        if "first_name" not in row.kept:
            raise Invalid("first_name", say("A customer that is new here needs this."))
        if row.card:
            card_parts.foreseen(row.card, None)
        return Step(NEW, None, row.given, row.card is not None)
    issues = row.card is not None and card_parts.foreseen(row.card, member) is None
    if known == SKIP:
        return Step(NEW if issues else SAME, member, {}, issues)
    changes = {field: row.given[field] for field in row.given if row.kept[field] != getattr(member, field)}
    return Step(NEW if issues else CHANGED if changes else SAME, member, changes, issues)


def apply(partner_id: int, row: Said, known: str, manager_id: int | None) -> Brought:
    """Import the row, in the transaction around. Whoever repeats it changes nothing."""
    step = foreseen(partner_id, row, known)
    if step.member and known == SKIP and not step.issues:
        raise Refused(say("This customer was added since the file was checked, and is left as it is."))
    member = _person(partner_id, step)
    if row.card is None or not step.issues:
        return Brought(member, step.member is None)
    card, operation = card_parts.issue(partner_id, row.card, member, manager_id)
    return Brought(member, step.member is None, card, operation)


def _person(partner_id: int, step: Step) -> Member:
    if step.member is None:
        return members.create(partner_id, step.changes)
    return members.change(step.member, step.changes) if step.changes else step.member


def find(partner_id: int, row: Said) -> Member | None:
    """The customer whom the row is about. Raises Invalid where that is two, and for an id that no customer has."""
    asked = {name: row.kept.get(field) for field, name in _ASKED.items()}
    found = {name: finding.one(partner_id, **{name: text}) for name, text in asked.items() if text}
    if row.uuid:
        found["uuid"] = finding.one(partner_id, uuid=row.uuid)
        if found["uuid"] is None:
            raise Invalid("id", say("No customer here has this id. Leave the cell empty to add a new customer."))
    ids = {one for one in found.values() if one is not None}
    if len(ids) > 1:
        sentence = say("This line is about two customers: its phone, its mail address and its ids are not all of one.")
        raise Invalid("line", sentence)
    return Member.get_by_id(ids.pop()) if ids else None


def keys(row: Said, member: Member | None) -> tuple[tuple[int, str], ...]:
    """What the row's customer is known by, and the template of its card: lines of one file about cards of one template are each
    about others. A card's number is one card's, whatever its template (0)."""
    known = [f"{field}:{row.kept[field]}" for field in _ASKED if row.kept.get(field)]
    known += [f"member:{member.id}"] if member else []
    serial = [(0, f"{SERIAL}{row.card.serial}")] if row.card and row.card.serial else []
    return (*((row.card.template.id if row.card else 0, key) for key in known), *serial)


def names(found: CardImport, cells: list[str]) -> tuple[tuple[int, str], ...]:
    """What a line that is bad may know customers by, as far as it can be read: of no template."""
    texts = {field: text_of(cells, found.mapping, field) for field in KNOWN_BY}
    known = {field: kept for field in _ASKED if (kept := _kept(found.partner_id, field, texts[field]))}
    ways = [{_ASKED[field]: text} for field, text in known.items()] + [{"uuid": texts["id"]}]
    members = {finding.one(found.partner_id, **way) for way in ways if all(way.values())} - {None}
    keys = (*(f"{field}:{text}" for field, text in known.items()), *(f"member:{member}" for member in members))
    return tuple((_OF_BAD_LINES, key) for key in keys)


def _kept(partner_id: int, field: str, text: str | None) -> str | None:
    try:
        return values.taken(partner_id, {field: text})[field]
    except Invalid:
        return None


def _read(texts: dict[str, str], errors: list[tuple[str, str]]) -> dict:
    """What files write otherwise than the API."""
    read: dict = {}
    if gender := texts.get("gender"):
        read["gender"] = _GENDERS.get(gender.casefold())
        if read["gender"] is None:
            errors.append(("gender", say("Write 0 for not known, 1 for male or 2 for female.")))
    if (born := texts.get("date_of_birth")) and (parts := _WITH_DOTS.fullmatch(born)):
        day, month, year = map(int, parts.groups())
        read["date_of_birth"] = f"{year:04}-{month:02}-{day:02}"
    return read
