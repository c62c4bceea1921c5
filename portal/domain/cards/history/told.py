"""What happened to a card as people read it: who did each, where and how, and what it changed, field by field."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.operations import events, words
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage

_SELECT = """SELECT o.id, o.event, o.field, o.amount, o.balance, o.purchase_sum, o.source, o.comment, u.name AS manager,
    l.name AS location, r.name AS reward, o.reverses_id, back.id AS reversed_by_id, o.created_at, t.kind,
    EXISTS (SELECT 1 FROM card_operation k WHERE k.takes_back_id = o.id) AS is_taken_back
    FROM card_operation o JOIN card_template t ON t.id = o.template_id LEFT JOIN person u ON u.id = o.manager_id LEFT JOIN location l ON l.id = o.location_id
    LEFT JOIN reward_tier r ON r.id = o.reward_tier_id LEFT JOIN card_operation back ON back.reverses_id = o.id"""


class Told(NamedTuple):
    """An operation with the names of who did it and where; moments in microseconds."""

    id: int
    event: int
    field: str
    amount: int
    balance: int
    purchase_sum: int | None
    source: str
    comment: str | None
    manager: str | None
    location: str | None
    reward: str | None
    reverses_id: int | None
    reversed_by_id: int | None
    created_at: int
    kind: int
    is_taken_back: bool  # by its deal, if only in part

    @property
    def may_be_undone(self) -> bool:
        """Whether it can be undone at all, on a card that takes operations; whether the card bears it, is asked when it is."""
        return self.event in events.REVERSIBLE and self.reversed_by_id is None and not self.is_taken_back

    @property
    def label(self) -> str:
        """What happened."""
        return words.happened(self.kind, self.event)

    @property
    def at(self) -> datetime:
        """When."""
        return clock.from_micros(self.created_at)


class Change(NamedTuple):
    """What an operation changed of one field."""

    operation_id: int
    field: str
    amount: int
    before: int
    after: int


_ONE = Statement(f"{_SELECT} WHERE o.id = :operation AND o.card_id = :card", Told)
_CHANGES = Statement(
    "SELECT operation_id, field, amount, before, after FROM card_entry WHERE operation_id IN :operations ORDER BY id",
    Change,
)


def page(card_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty operations of a card, newest first."""
    where = Conditions()
    where.add("o.card_id = :card", card=card_id)
    return key_pages.read(_SELECT, "o.id", where, Told, before, after)


def one(card_id: int, operation_id: int) -> Told | None:
    """An operation of the card."""
    return _ONE.row(operation=operation_id, card=card_id)


def changes(operation_ids: list[int]) -> dict[int, list[Change]]:
    """What these operations changed, by their ids."""
    found: dict[int, list[Change]] = defaultdict(list)
    for change in _CHANGES.rows(operations=operation_ids) if operation_ids else ():
        found[change.operation_id].append(change)
    return found
