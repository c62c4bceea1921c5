"""How a reservation ends: bought, let go, or run out. Each happens once, whoever races, and the moment decides.

Whoever touches one that has run out settles it first, so that what it held is there for others.
"""

import logging
from contextlib import nullcontext
from typing import NamedTuple

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.coupons.reservations import capacity, locked_levels
from portal.domain.coupons.reservations.held import Held, lines, locked
from portal.domain.coupons.reservations.tables import EXPIRED, PURCHASED, RELEASED
from portal.domain.coupons.uses import giving_back
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.sentences import say

MOST = 50  # at once
THING = "reservation"
_logger = logging.getLogger("portal.coupons")


class _Due(NamedTuple):
    id: int
    clock_offset: int


_SETTLE = Statement(
    "UPDATE reservation SET state = :state, settled_at = :now WHERE id = :reservation AND state = 'held'"
)
_COMMIT = Statement(
    "UPDATE coupon_use SET state = 'committed', settled_at = :now WHERE reservation_id = :reservation AND state = 'held'"
)
_RUN_OUT = Statement(
    """SELECT id FROM reservation WHERE state = 'held' AND expires_at <= :now AND partner_id IN :partners
    ORDER BY expires_at, id LIMIT :most"""
)
# The wall's clock decides for all but test modes, whose clocks are ahead; there are few of those.
_DUE = Statement(
    """SELECT r.id, p.clock_offset FROM reservation r JOIN partner p ON p.id = r.partner_id
    WHERE r.state = 'held' AND r.expires_at <= :now ORDER BY r.expires_at LIMIT :most""",
    _Due,
)
_DUE_AHEAD = Statement(
    """SELECT r.id, p.clock_offset FROM partner p JOIN reservation r ON r.partner_id = p.id
    WHERE p.clock_offset > 0 AND r.state = 'held' AND r.expires_at <= :now + CAST(p.clock_offset AS BIGINT) * 1000000
    ORDER BY r.id LIMIT :most""",
    _Due,
)


def purchase(reservation_id: int) -> Held:
    """Buy it, and commit its uses; one that is bought already stays as it is. Raises NotFound; Refused when it has ended, and
    while a price level of it is locked."""
    with transaction():
        held = locked(reservation_id)
        if held.state == PURCHASED:
            return held
        _refuse_ended(held)
        rows = lines(held.id)
        locked_levels.refuse(held, rows)
        _COMMIT.run(reservation=held.id, now=clock.micros())
        return _ended(held, PURCHASED, "reservation.purchased")


def release(reservation_id: int) -> Held:
    """Let it go: its tickets and its uses are given back. One that has ended otherwise stays as it is. Raises NotFound, and
    Refused when it is bought."""
    with transaction():
        held = _settled(locked(reservation_id))
        if held.state == PURCHASED:
            raise Refused(say("This reservation is bought. It cannot be let go any more."))
        return _given_back(held, RELEASED) if held.is_open else held


def settled(reservation_id: int) -> Held:
    """The reservation as it stands, one whose time is over settled. Raises NotFound."""
    with transaction():
        return _settled(locked(reservation_id))


def as_it_stands(held: Held) -> Held:
    """The same, for whoever only looks: it is locked where its time is over, and settled then."""
    return settled(held.id) if held.has_run_out else held


def settle_run_out(*partner_ids: int) -> int:
    """Settle every reservation of the partners' whose time is over, before somebody asks for what it held; how many. Not inside
    a transaction, which would hold the locks of what they held while it asks for others."""
    now, count = clock.micros(), 0
    while due := _RUN_OUT.values(partners=partner_ids, now=now, most=MOST):
        for reservation_id in due:
            settled(reservation_id)
        count += len(due)
    return count


def expire_due(most: int = MOST) -> int:
    """Settle some whose time is over, of all partners; how many. The worker repeats it until 0."""
    now = clock.wall_micros()
    due = [*_DUE.rows(now=now, most=most), *_DUE_AHEAD.rows(now=now, most=most)]
    return sum(_settle_one(each) for each in due)


def _settle_one(due: _Due) -> int:
    """One in a transaction of its own; one that cannot be settled holds up none."""
    try:
        with clock.acting(due.clock_offset) if due.clock_offset else nullcontext(), log.by_itself():
            return int(settled(due.id).state == EXPIRED)
    except AWAY:
        raise
    except Exception as error:
        _logger.exception("the reservation %d that has run out could not be settled: %s", due.id, error)
        return 0


def _settled(held: Held) -> Held:
    if not held.has_run_out:
        return held
    with log.by_itself():
        return _given_back(held, EXPIRED)


def _refuse_ended(held: Held) -> None:
    if not held.is_open:
        raise Refused(say("This reservation has ended. Reserve again, and use its coupons again."))


def _given_back(held: Held, state: str) -> Held:
    giving_back.give_back(giving_back.of_reservation(held.id))
    capacity.give_back(capacity.needed(lines(held.id)))
    return _ended(held, state, f"reservation.{state}")


def _ended(held: Held, state: str, fact: str) -> Held:
    _SETTLE.run(reservation=held.id, state=state, now=clock.micros())
    log.record(held.partner_id, fact, THING, held.id)
    return held._replace(state=state)
