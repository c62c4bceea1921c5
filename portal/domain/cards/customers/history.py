"""What happened to a customer's cards, and how what is on one went up and down."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import words
from portal.domain.cards.operations.events import EVENTS
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage

DAYS = 90
_SELECT = """SELECT o.id, o.created_at, o.event, o.field, o.amount, o.balance, o.source, o.comment, c.serial, t.name AS template,
    t.kind, t.mechanics, t.currency, u.name AS manager FROM card_operation o JOIN card c ON c.id = o.card_id
    JOIN card_template t ON t.id = o.template_id LEFT JOIN person u ON u.id = o.manager_id"""
_ENTRIES = Statement(
    """SELECT o.created_at, e.after FROM card_entry e JOIN card_operation o ON o.id = e.operation_id
    WHERE e.card_id = :card AND e.field = :field AND o.created_at >= :since ORDER BY e.id"""
)
_BEFORE = Statement(
    """SELECT e.before FROM card_entry e JOIN card_operation o ON o.id = e.operation_id
    WHERE e.card_id = :card AND e.field = :field AND o.created_at >= :since ORDER BY e.id LIMIT 1"""
)


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
        return EVENTS[self.event]

    def said(self, number: int) -> str:
        """So much of what it is about."""
        return words.said(self.kind, self.mechanics, self.currency, self.field, number)


def operations(partner_id: int, member_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """A page of what happened to all cards that the customer has or had, newest first."""
    where = Conditions()
    where.add("o.member_id = :member AND o.partner_id = :partner", member=member_id, partner=partner_id)
    return key_pages.read(_SELECT, "o.id", where, OperationRow, before, after)


def cards(member_id: int) -> list[Card]:
    """The customer's cards with their templates, those that are good first."""
    found = Card.select(Card, CardTemplate).join(CardTemplate).where(Card.member == member_id)
    return sorted(found, key=lambda card: (card.deleted_at is not None, -card.id))


def main(card: Card) -> tuple[str, int]:
    """The field that a card is about, and what is on it."""
    field = main_of(card.template.kind, card.template.mechanics)
    return field, getattr(card, field)


def on_it(card: Card) -> list[str]:
    """What is on the card, in words: of stamps also the rewards that were not taken yet."""
    field, number = main(card)
    rewards = [_said(card, "rewards", card.rewards)] if card.rewards else []
    return [_said(card, field, number), *rewards]


def owed(card: Card) -> str | None:
    """What a canceled deal could not take back yet."""
    return _said(card, "owed", card.owed) if card.owed else None


def _said(card: Card, field: str, number: int) -> str:
    template = card.template
    return words.said(template.kind, template.mechanics, template.currency, field, number)


def by_day(card: Card, time_zone: str) -> list[tuple[date, int]]:
    """What was on the card at the end of each of the last days of the partner's; empty where nothing happened to it then."""
    zone, (field, _) = ZoneInfo(time_zone), main(card)
    last = clock.now().astimezone(zone).date()
    days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    since = clock.to_micros(datetime.combine(days[0], datetime.min.time(), zone))
    found = _ENTRIES.rows(card=card.id, field=field, since=since)
    if not found:
        return []
    closing = {clock.from_micros(at).astimezone(zone).date(): after for at, after in found}
    value, drawn = _BEFORE.value(card=card.id, field=field, since=since), []
    for day in days:
        value = closing.get(day, value)
        drawn.append((day, value))
    return drawn
