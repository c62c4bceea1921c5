"""Finding a card for whoever books on it: through the partner, by its number in any notation, its row locked.

Where a transaction holds two cards, the younger one comes first: a card is referred and followed by older and younger ones
alike, and nobody may wait for each other.
"""

from dataclasses import fields

from portal import clock
from portal.database import Statement
from portal.domain.cards import codes
from portal.domain.cards.cards import serials
from portal.domain.cards.companies import limits
from portal.domain.cards.operations.refusals import CARRIED, IN_TIME, KEPT, refused
from portal.domain.cards.operations.rows import Held
from portal.domain.errors import NotFound, Refused
from portal.domain.sentences import say

_OF_TEMPLATE = {
    "kind", "mechanics", "currency", "stamps_total", "step", "step_gives", "visit_gives", "percent", "least_purchase",
    "most_a_day", "most_at_once", "earns_on_points", "lot_days", "deal_gives", "referrer_gets", "friend_gets",
}  # fmt: skip
_OF_CARD = [field.name for field in fields(Held) if field.name != "tariff_ends"]
_COLUMNS = ", ".join(f"{'t' if name in _OF_TEMPLATE else 'c'}.{name}" for name in _OF_CARD)
_READ = f"""SELECT {_COLUMNS}, o.expires_at AS tariff_ends FROM card c JOIN card_template t ON t.id = c.template_id
    LEFT JOIN company o ON o.partner_id = c.partner_id WHERE"""
_LOCK = "FOR UPDATE OF c"
_BY_SERIAL = Statement(f"{_READ} c.serial = :serial AND c.partner_id = :partner", Held, lock=_LOCK)
_SEEN = Statement(f"{_READ} c.serial = :serial AND c.partner_id = :partner", Held)
_BY_ID = Statement(f"{_READ} c.id = :card", Held, lock=_LOCK)
_SEEN_BY_ID = Statement(f"{_READ} c.id = :card", Held)
_MOVED_TO = Statement("SELECT moved_to_id FROM card WHERE id = :card")
_SERIAL = Statement("SELECT serial FROM card WHERE id = :card")


def locked(partner_id: int, serial: str) -> Held:
    """The partner's card, inside a transaction. Raises NotFound."""
    return _found(_BY_SERIAL, partner_id, serial)


def seen(partner_id: int, serial: str) -> Held:
    """The same, not locked."""
    return _found(_SEEN, partner_id, serial)


def seen_by_id(card_id: int) -> Held:
    """A card that is known to be there, not locked."""
    return _SEEN_BY_ID.rows(card=card_id)[0]


def by_id(card_id: int) -> Held:
    """A card that is known to be there, inside a transaction."""
    held = _BY_ID.row(card=card_id)
    if held is None:
        raise NotFound(say("card"))
    return held


def present(card_id: int) -> Held:
    """A card inside a transaction, followed to where it was moved."""
    return by_id(present_id(card_id))


def present_id(card_id: int) -> int:
    """Where a card was moved, or itself."""
    while (moved_to := _MOVED_TO.value(card=card_id)) is not None:
        card_id = moved_to
    return card_id


def refuse_gone(held: Held) -> None:
    """A deleted or expired card takes no operation, nor does any of a company whose tariff has ended. Raises Refused."""
    if held.deleted_at is not None:
        raise _deleted(held)
    if clock.has_passed(held.expires_at):
        sentence, fix = (
            say("This card has expired."),
            say("Set a later date, or delete the card and issue another one."),
        )
        raise refused(held, IN_TIME, sentence, fix, codes.CARD_EXPIRED)
    if held.tariff_ends is not None and clock.has_passed(held.tariff_ends):
        sentence, fix = (
            limits.ended(held.partner_id, held.tariff_ends),
            say("Extend the tariff, or choose another one."),
        )
        raise refused(held, CARRIED, sentence, fix, codes.TARIFF_EXPIRED)


def _deleted(held: Held) -> Refused:
    serial = held.moved_to_id and _SERIAL.value(card=held.moved_to_id)
    if serial:
        sentence = say("This card was moved to {serial} and takes no operation.", serial=serial)
        return refused(held, KEPT, sentence, say("Book it on the card that it was moved to."), codes.CARD_DELETED)
    sentence = say("This card is deleted and takes no operation.")
    return refused(held, KEPT, sentence, say("Issue a new card."), codes.CARD_DELETED)


def _found(statement: Statement[Held], partner_id: int, serial: str) -> Held:
    number = serials.normal(serial)
    held = number and statement.row(serial=number, partner=partner_id)
    if not held:
        raise NotFound(say("card"))
    return held
