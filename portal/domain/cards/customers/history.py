"""What happened to a customer's cards."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.cards.operations import words
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage

_SELECT = """SELECT o.id, o.created_at, o.event, o.field, o.amount, o.balance, o.source, o.comment, c.serial, t.name AS template,
    t.kind, t.mechanics, t.currency, u.name AS manager FROM card_operation o JOIN card c ON c.id = o.card_id
    JOIN card_template t ON t.id = o.template_id LEFT JOIN person u ON u.id = o.manager_id"""


class OperationRow(NamedTuple):
    """An operation as people read it."""

    id: int
    created_at: int
    event: int
    field: str
    amount: int
    balance: int
    source: str
    comment: str | None
    serial: str
    template: str
    kind: int
    mechanics: str
    currency: str
    manager: str | None

    @property
    def at(self) -> datetime:
        """When it happened."""
        return clock.from_micros(self.created_at)

    @property
    def happened(self) -> str:
        """What it was, in words."""
        return words.happened(self.kind, self.event)

    def said(self, number: int) -> str:
        """So much of what it is about."""
        return words.said(self.kind, self.mechanics, self.currency, self.field, number)


def operations(partner_id: int, member_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """A page of what happened to all cards that the customer has or had, newest first."""
    where = Conditions()
    where.add("o.member_id = :member AND o.partner_id = :partner", member=member_id, partner=partner_id)
    return key_pages.read(_SELECT, "o.id", where, OperationRow, before, after)
