"""Undoing an import: customers that it made and cards that it issued go, with what they began with, where nobody has done anything
with them since. A row is undone whole or stays whole, and one rule says which, before and while it is done."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards import persons as persons  # what else goes with a customer
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports.imports import THING, find
from portal.domain.cards.imports.tables import TABLES, CardImport, CardImportRow
from portal.domain.cards.operations import reversing
from portal.domain.errors import Refused
from portal.domain.importing import undoing
from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.domain.sentences import forms, say

USED, KNOWN, CHANGED, MORE = "used", "known", "changed", "more"
# By what keeps a row: why, and how many such there are.
WHY = {
    USED: say("The card was used since, so that it stays with its customer."),
    KNOWN: say("The customer was there before, and stays as the file changed it."),
    CHANGED: say("The customer was changed since, or made one with another."),
    MORE: say("The customer has another card since, is in a segment, or brought a deal."),
}
HOW_MANY: dict[str, tuple[str, str]] = {
    USED: forms("1 card was used since, and stays with its customer", "{number} cards were used since, and stay with their customers"),
    KNOWN: forms("1 customer was there before, and stays as the file changed it", "{number} customers were there before, and stay as the file changed them"),
    CHANGED: forms("1 customer was changed since, and stays", "{number} customers were changed since, and stay"),
    MORE: forms("1 customer has another card, a segment or a deal since, and stays", "{number} customers have another card, a segment or a deal since, and stay"),
}  # fmt: skip
_USED = """({card}.moved_to_id IS NOT NULL OR {card}.installed_at IS NOT NULL OR EXISTS (SELECT 1 FROM card_operation o
    WHERE o.card_id = {card}.id AND o.id <> COALESCE({row}.operation_id, 0)))"""
# Cards of other lines go as well, where these are still to be undone.
_OTHER_CARD = f"""EXISTS (SELECT 1 FROM card d WHERE d.member_id = m.id AND d.deleted_at IS NULL AND d.id <> COALESCE(r.card_id, 0)
    AND NOT EXISTS (SELECT 1 FROM card_import_row s WHERE s.card_import_id = r.card_import_id AND s.member_id = m.id
        AND s.card_id = d.id AND s.state = 'done' AND NOT {_USED.format(card="d", row="s")}))"""
_KEEPS = f"""CASE
    WHEN c.id IS NOT NULL AND (c.deleted_at IS NULL OR c.moved_to_id IS NOT NULL) AND {_USED.format(card="c", row="r")} THEN '{USED}'
    WHEN NOT r.made_member AND r.card_id IS NULL THEN '{KNOWN}'
    WHEN NOT r.made_member OR m.erased_at IS NOT NULL THEN ''
    WHEN m.merged_into_id IS NOT NULL OR m.updated_at <> r.left_at THEN '{CHANGED}'
    WHEN {_OTHER_CARD} OR EXISTS (SELECT 1 FROM segment_member g WHERE g.member_id = m.id)
        OR EXISTS (SELECT 1 FROM card_deal l WHERE l.member_id = m.id) THEN '{MORE}'
    ELSE '' END"""
_JOINED = "card_import_row r LEFT JOIN card c ON c.id = r.card_id LEFT JOIN member m ON m.id = r.member_id"


class Kept(NamedTuple):
    """How many rows something keeps; nothing keeps those that are undone."""

    why: str
    number: int


_COUNTED = Statement(
    f"""SELECT f.why, COUNT(*) AS number FROM (SELECT {_KEEPS} AS why FROM {_JOINED}
        WHERE r.card_import_id = :id AND r.state = 'done') f GROUP BY f.why""",
    Kept,
)
_OF_ROW = Statement(f"SELECT {_KEEPS} AS why FROM {_JOINED} WHERE r.id = :row")
_HOLD = Statement("SELECT id FROM member WHERE id = :member", lock="FOR NO KEY UPDATE")


def foreseen(found: CardImport) -> dict[str, int]:
    """How many of its rows would be undone (''), and how many stay, by what keeps them."""
    return {one.why: one.number for one in _COUNTED.rows(id=found.id)}


def begin(partner_id: int, uuid: str) -> CardImport:
    """Have all of it undone, in the name of whoever acts. Raises NotFound, Refused."""
    return undoing.begin(TABLES, find(partner_id, uuid), "customer_import.undo_asked", THING)


def take_back(row_id: int, manager_id: int | None) -> None:
    """Undo a row that was imported, in the transaction around. Raises Refused with what keeps it."""
    row = CardImportRow.get_by_id(row_id)
    _HOLD.value(member=row.member_id)
    card = Card.get_by_id(row.card_id) if row.card_id else None
    is_there = card is not None and card.deleted_at is None
    if card is not None and is_there:
        cards.locked(card)
    why = _OF_ROW.value(row=row_id)
    if why:
        raise Refused(WHY[why])
    if card is not None and is_there:
        _take_card(card, row.operation_id, manager_id)
    if row.made_member and (member := Member.get_by_id(row.member_id)).erased_at is None:
        members.erase(member)


def _take_card(card: Card, operation_id: int | None, manager_id: int | None) -> None:
    if operation_id is not None:
        reversing.reverse(card.partner_id, operation_id, source="portal", manager_id=manager_id)
    cards.never_issued(card)
