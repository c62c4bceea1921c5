"""What a row of a file says of a card: of which template, its number, and what is on it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from portal.database import Statement
from portal.domain import money
from portal.domain.cards.cards import cards, serials
from portal.domain.cards.cards.field_values import OF_CUSTOMER
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports.files import BALANCES
from portal.domain.cards.operations import carrying, words, writing
from portal.domain.cards.operations.rows import Operation
from portal.domain.cards.templates import fields
from portal.domain.cards.templates.kinds import (
    CASHBACK,
    CERTIFICATE,
    DISCOUNT,
    MEMBERSHIP,
    NO_LIMITS,
    REWARD,
    STAMP,
    SUBSCRIPTION,
)
from portal.domain.errors import Invalid
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.typed.texts import compared

# What a card of each type may have on it when it is taken over. Visits of a membership with limits begin with its level.
_MAY_HAVE: Mapping[int, tuple[str, ...]] = {
    STAMP: ("uses", "rewards", "spent"), CASHBACK: ("bonus", "spent"), SUBSCRIPTION: ("balance", "bonus"),
    DISCOUNT: ("bonus", "spent"), CERTIFICATE: ("balance",), REWARD: ("bonus", "spent"),
}  # fmt: skip


class _Template(NamedTuple):
    """What a line needs to know of a template; `asks`: a card of it needs answers, be it by what its customer has."""

    id: int
    uuid: str
    name: str
    kind: int
    mechanics: str
    currency: str
    asks: bool


# Asked for with each line of a file.
_TEMPLATES = """SELECT t.id, t.uuid, t.name, t.kind, t.mechanics, t.currency, EXISTS(
        SELECT 1 FROM card_field f WHERE f.template_id = t.id AND f.is_required AND f.removed_at IS NULL
    ) AS asks FROM card_template t """
_IN_USE = Statement(_TEMPLATES + "WHERE t.partner_id = :partner AND t.archived_at IS NULL ORDER BY t.id", _Template)
_CHOSEN = Statement(_TEMPLATES + "WHERE t.id = :template", _Template)


class CardPart(NamedTuple):
    """A card as a row says it: its template, its number if the row names one, and amounts by field in the smallest unit."""

    template: _Template
    serial: str | None
    amounts: dict[str, int]


def said(
    partner_id: int, texts: Mapping[str, str], sign: str, chosen: int | None, errors: list[tuple[str, str]]
) -> CardPart | None:
    """What the texts of a row say of a card; None where they say nothing. What is wrong is added to `errors`."""
    template = _of_row(partner_id, texts, chosen, errors)
    if template is None:
        return None
    if template.asks and not _is_answered(template, texts):
        sentence = say(
            "{name} asks for answers that this line does not have. Make its fields optional first.", name=template.name
        )
        errors.append(("template", sentence))
    serial = _serial(texts, errors)
    amounts = {field: _amount(template, field, texts[field], sign, errors) for field in BALANCES if field in texts}
    return CardPart(template, serial, amounts)


def _is_answered(template: _Template, texts: Mapping[str, str]) -> bool:
    """Whether the row says of its customer all that a card of the template must have answered."""
    needed = {field.kind for field in fields.of(template.id) if field.is_required}
    return all(kind in OF_CUSTOMER and texts.get(OF_CUSTOMER[kind][0]) for kind in needed)


def foreseen(part: CardPart, member: Member | None) -> Card | None:
    """The card that the customer has of the template already; None: one is issued. Raises Invalid where neither can be."""
    owned = (Card.template == part.template.id) & Card.deleted_at.is_null()
    card = Card.get_or_none(owned, Card.member == member) if member else None
    if part.serial is None or (card and card.serial == part.serial):
        return card
    if card:
        has = say("This customer has a card of {name} already: {serial}.", name=part.template.name, serial=card.serial)
        raise Invalid("serial", has)
    if Card.select().where(Card.serial == part.serial).exists():
        raise Invalid("serial", say("The number {serial} is another card’s.", serial=part.serial))
    return None


def issue(partner_id: int, part: CardPart, member: Member, manager_id: int | None) -> tuple[Card, Operation | None]:
    """Issue the card with what is on it, in the transaction around."""
    card = cards.issue(partner_id, member.id, part.template.id, serial=part.serial)
    return card, carrying.open_with(card.id, part.amounts, source="portal", manager_id=manager_id)


def _of_row(
    partner_id: int, texts: Mapping[str, str], chosen: int | None, errors: list[tuple[str, str]]
) -> _Template | None:
    if "template" in texts:
        named = _named(partner_id, texts["template"])
        if len(named) == 1:
            return named[0]
        text = texts["template"][:60]
        unknown = say("There is no template “{name}” that is in use.", name=text)
        several = say("Several templates are called “{name}”. Write its number in the API instead.", name=text)
        errors.append(("template", several if named else unknown))
        return None
    if chosen:
        return _CHOSEN.row(template=chosen)
    sentence = say("Of which card? Choose a template, or name it in a column.")
    errors += [(field, sentence) for field in ("serial", *BALANCES) if field in texts]
    return None


def _serial(texts: Mapping[str, str], errors: list[tuple[str, str]]) -> str | None:
    if "serial" not in texts:
        return None
    serial = serials.normal(texts["serial"])
    if serial is None:
        sentence = say("A card’s number has 12 digits, such as 939829-317-169. Leave it empty for a new one.")
        errors.append(("serial", sentence))
    return serial


def _named(partner_id: int, text: str) -> list[_Template]:
    templates = _IN_USE.rows(partner=partner_id)
    by_id = [one for one in templates if text in (str(one.id), one.uuid)]
    by_name = [one for one in templates if compared(one.name) == compared(text)]
    return by_id or by_name


def _amount(template: _Template, field: str, text: str, sign: str, errors: list[tuple[str, str]]) -> int:
    number = numbers.read(text, sign)
    if number is None or number < 0:
        errors.append((field, say("“{text}” is no number of zero or more.", text=text[:40])))
        return 0
    if not number:
        return 0
    if field not in _fields(template):
        errors.append((field, say("A card of {name} counts nothing of the kind.", name=template.name)))
        return 0
    places = words.places(template.kind, template.currency, field)
    amount = money.whole(Decimal(number), places)
    if amount is None or amount > writing.LARGEST:
        errors.append(
            (field, say("“{text}” is too large, or has more than {places} decimals.", text=text[:40], places=places))
        )
        return 0
    return amount


def _fields(template: _Template) -> tuple[str, ...]:
    if template.kind == MEMBERSHIP:
        return ("visits",) if template.mechanics == NO_LIMITS else ()
    return _MAY_HAVE.get(template.kind, ())
