"""A moment that has passed decides, whether the worker has come or not: lots that have ended, and periods of memberships."""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import NamedTuple, Protocol

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.cards.moments import lots, membership_periods
from portal.domain.cards.operations import events, locking, writing
from portal.domain.cards.operations.earning import ZONE
from portal.domain.cards.operations.effects import Effect
from portal.domain.cards.operations.rows import Held
from portal.domain.cards.operations.writing import SYSTEM, Draft
from portal.domain.cards.templates.kinds import MEMBERSHIP

MOST = 50
# Called with the partner whose cards something may credit once its moment has passed; how many did.
settled_first: list[Callable[[int], int]] = []
_logger = logging.getLogger("portal.cards")


class Shown(Protocol):
    """A card as it was read to be shown; moments in microseconds."""

    @property
    def id(self) -> int: ...
    @property
    def due_at(self) -> int | None: ...
    @property
    def deleted_at(self) -> int | None: ...


class PartnerWithDue(NamedTuple):
    """A partner some of whose cards have something due, and how many seconds its clock is ahead."""

    id: int
    clock_offset: int


_FIRST_DUE = (
    "(SELECT MIN(f.due_at) FROM card f WHERE f.partner_id = {} AND f.due_at IS NOT NULL AND f.deleted_at IS NULL)"
)
_PARTNERS = Statement(
    f"""WITH RECURSIVE waiting (partner) AS (
        SELECT MIN(partner_id) FROM card WHERE due_at IS NOT NULL AND deleted_at IS NULL
        UNION ALL
        SELECT (SELECT MIN(c.partner_id) FROM card c
            WHERE c.due_at IS NOT NULL AND c.deleted_at IS NULL AND c.partner_id > w.partner)
        FROM waiting w WHERE w.partner IS NOT NULL)
    SELECT p.id, p.clock_offset FROM waiting w JOIN partner p ON p.id = w.partner
    WHERE {_FIRST_DUE.format("p.id")} <= :now + CAST(p.clock_offset AS BIGINT) * 1000000""",
    PartnerWithDue,
)
_DUE = Statement(
    """SELECT id FROM card WHERE partner_id = :partner AND due_at IS NOT NULL AND deleted_at IS NULL AND due_at <= :now
    ORDER BY due_at LIMIT :most"""
)
_TIER_VISITS = Statement("SELECT visits FROM membership_tier WHERE id = :tier")
_NEXT_PERIOD = Statement("UPDATE card SET tier_next_at = :next_at, due_at = :next_at WHERE id = :card")


def settle(held: Held) -> None:
    """Inside a transaction that holds the card: write what has become due of it."""
    for draft in drafts(held):
        writing.write(held, draft)
    if is_due(held) and held.kind == MEMBERSHIP:
        _begin_next(held)


def foresee(held: Held) -> None:
    """Bring a card that was only read to what settling it would make of it; nothing is written."""
    for draft in drafts(held):
        writing.applied(held, draft)


def drafts(held: Held) -> list[Draft]:
    """What has become due of the card, as operations of the system at their moments."""
    if not is_due(held):
        return []
    if held.kind == MEMBERSHIP:
        return _new_period(held)
    return [
        Draft(events.EXPIRED, Effect(due.field, -due.amount, {due.field: -due.amount}), SYSTEM, at=due.at)
        for due in lots.due(held, clock.micros())
    ]


def is_due(held: Held) -> bool:
    """Whether a moment has passed at which something of the card ends by itself. Of a deleted one nothing does."""
    return held.due_at is not None and held.due_at <= clock.micros() and held.deleted_at is None


def settle_due(most: int = MOST) -> int:
    """Settle some cards of each partner's; how many. The worker repeats it until 0."""
    return sum(_settle_some(partner, most) for partner in _PARTNERS.rows(now=clock.wall_micros()))


def what_credits(partner_id: int) -> int:
    """Settle what may credit cards of the partner once its moment has passed, before one of them is shown; how many did."""
    return sum(settled(partner_id) for settled in settled_first)


def of_shown(cards: Iterable[Shown]) -> int:
    """Settle those that are due of what was read, before it is shown; how many. Where it cannot be written, on a full disk, what
    is there is shown."""
    now = clock.micros()
    due = [card.id for card in cards if card.due_at is not None and card.due_at <= now and card.deleted_at is None]
    try:
        return sum(map(_settle_one, due))
    except AWAY as error:
        _logger.warning("what is due of cards could not be settled before it was shown: %s", error)
        return 0


def _settle_some(partner: PartnerWithDue, most: int) -> int:
    with clock.acting(partner.clock_offset) if partner.clock_offset else nullcontext():
        return _of_partner(partner.id, most)


def _of_partner(partner_id: int, most: int) -> int:
    return sum(_settle_one(card) for card in _DUE.values(partner=partner_id, now=clock.micros(), most=most))


def _settle_one(card_id: int) -> int:
    """One card in a transaction of its own, unless somebody was quicker; one that cannot be settled holds up none."""
    try:
        with transaction():
            held = locking.by_id(card_id)
            was_due = is_due(held)
            settle(held)
            return int(was_due)
    except AWAY:
        raise
    except Exception as error:
        _logger.exception("the due card %d could not be settled: %s", card_id, error)
        return 0


def _new_period(held: Held) -> list[Draft]:
    visits = _TIER_VISITS.value(tier=held.membership_tier_id)
    if held.mechanics != "limits" or visits is None or visits == held.balance:
        return []
    began = membership_periods.last_before(*_periods(held))
    more = visits - held.balance
    return [Draft(events.PERIOD_BEGAN, Effect("balance", more, {"balance": more}), SYSTEM, at=began)]


def _begin_next(held: Held) -> None:
    held.due_at = membership_periods.next_after(*_periods(held))
    _NEXT_PERIOD.run(next_at=held.due_at, card=held.id)


def _periods(held: Held) -> tuple[int, str, int, str]:
    """Since when, how long, the moment, and whose days."""
    zone = ZONE.value(partner=held.partner_id)
    return held.tier_since or 0, held.tier_period or "month", clock.micros(), zone
