"""Cards as people look through them: newest first, paged by key, with who holds each and what happened to it last."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.cards.filters import Filter, where_of
from portal.domain.cards.moments import settling
from portal.domain.cards.templates import levels
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import KeyPage
from portal.domain.members import names
from portal.domain.members.tables import Member
from portal.domain.totals import totals

MOST_COUNTED = 1000  # A list says "over a thousand" instead of counting millions.
AT_ONCE = 500
_SELECT = f"""SELECT c.id, c.serial, m.uuid AS customer, m.first_name, m.surname, m.phone_typed, m.mail, c.template_id,
    t.name AS template, t.kind, t.mechanics, t.currency, t.stamps_total, c.uses, c.rewards, c.balance, c.bonus, c.visits, c.owed,
    c.coupon, mt.name AS tier_name, {levels.OF_CARD} AS discount,
    c.installed_at, c.expires_at, c.due_at, c.deleted_at, c.moved_to_id, c.created_at, o.event, o.created_at AS operated_at
    FROM card c JOIN card_template t ON t.id = c.template_id JOIN member m ON m.id = c.member_id
    LEFT JOIN membership_tier mt ON mt.id = c.membership_tier_id
    LEFT JOIN card_operation o ON o.id = (SELECT MAX(last.id) FROM card_operation last WHERE last.card_id = c.id)"""
_TAIL = "ORDER BY c.id DESC LIMIT :most"


class CardLine(NamedTuple):
    """A card of a list: counts in the smallest unit of each, moments in microseconds."""

    id: int
    serial: str
    customer: str
    first_name: str
    surname: str | None
    phone_typed: str | None
    mail: str | None
    template_id: int
    template: str
    kind: int
    mechanics: str
    currency: str
    stamps_total: int | None
    uses: int
    rewards: int
    balance: int
    bonus: int
    visits: int
    owed: int
    coupon: int
    tier_name: str | None
    discount: int | None
    installed_at: int | None
    expires_at: int | None
    due_at: int | None
    deleted_at: int | None
    moved_to_id: int | None
    created_at: int
    event: int | None
    operated_at: int | None

    @property
    def holder(self) -> str:
        """Who holds it."""
        return names.full(self.first_name, self.surname)

    @property
    def issued(self) -> datetime:
        """Since when it is there."""
        return clock.from_micros(self.created_at)

    @property
    def last_at(self) -> datetime | None:
        """When something happened to it last."""
        return None if self.operated_at is None else clock.from_micros(self.operated_at)


_OF_MEMBER = Statement(
    f"{_SELECT} WHERE c.member_id = :member AND c.partner_id = :partner ORDER BY c.deleted_at IS NOT NULL, c.id DESC",
    CardLine,
)


def of_member(member: Member) -> list[CardLine]:
    """All cards that a customer has or had, those that are there first, as moments that have passed have decided."""
    asked = {"member": member.id, "partner": member.partner_id}
    found = _OF_MEMBER.rows(**asked)
    return _OF_MEMBER.rows(**asked) if settling.of_shown(found) else found


def page(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's cards that are chosen, newest first, as moments that have passed have decided."""
    where = where_of(partner_id, chosen)
    found = key_pages.read(_SELECT, "c.id", where, CardLine, before, after)
    if settling.of_shown(found.rows):
        found = key_pages.read(_SELECT, "c.id", where, CardLine, before, after)
    return found


def count(partner_id: int, chosen: Filter) -> int:
    """How many are chosen; of a narrowed list at most `MOST_COUNTED` and one."""
    if chosen.is_open:
        return totals.of(partner_id, "cards")
    where = where_of(partner_id, chosen)
    some = where.first("SELECT c.id FROM card c", "ORDER BY c.id DESC LIMIT :most")
    return len(some.values(**where.given, most=MOST_COUNTED + 1))


def each(partner_id: int, chosen: Filter) -> Iterator[CardLine]:
    """All that are chosen, newest first, for a file: each portion a short read of its own."""
    where = where_of(partner_id, chosen)
    rows = where.first(_SELECT, _TAIL, CardLine).rows(**where.given, most=AT_ONCE)
    where.add("c.id < :last")
    following = where.first(_SELECT, _TAIL, CardLine)
    while rows:
        yield from rows
        if len(rows) < AT_ONCE:
            return
        rows = following.rows(**where.given, last=rows[-1].id, most=AT_ONCE)
