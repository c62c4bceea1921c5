"""How far a feed has come, so that one that has not changed costs a look at one row.

Whoever changes what the feed shows says so in its transaction (`touched`), under the lock of the feed's row. The moment of the
change is given by whoever reads the feed first afterwards: so it lies after each reading that missed the change, and a program
that asks for what changed since its last reading misses nothing, however long the transaction took.
"""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction


class Standing(NamedTuple):
    """A feed's row: its version, whether changes wait for their moment, and the next start or end (microseconds)."""

    version: int
    is_fresh: bool
    next_at: int | None


_STANDING = Statement("SELECT version, is_fresh, next_at FROM feed_state WHERE partner_id = :partner", row=Standing)
_BEGIN = Statement(
    """INSERT INTO feed_state (partner_id, version, is_fresh, settled_to) VALUES (:partner, 1, :is_fresh, :now)
    ON CONFLICT (partner_id) DO UPDATE SET version = feed_state.version + 1, is_fresh = excluded.is_fresh"""
)
_HOLD = Statement(
    """UPDATE feed_state SET version = version + 1, is_fresh = :is_fresh
    WHERE partner_id = :partner AND (is_fresh = :was_fresh OR next_at <= :now)"""
)
_SETTLED_TO = Statement("SELECT settled_to FROM feed_state WHERE partner_id = :partner")
_STAMP = Statement("UPDATE feed_listing SET changed_at = :now WHERE partner_id = :partner AND changed_at IS NULL")
_STAMP_DEPARTED = Statement(
    "UPDATE feed_departure SET changed_at = :now WHERE partner_id = :partner AND changed_at IS NULL"
)
_STARTED = Statement(
    """UPDATE feed_listing SET changed_at = starts_at
    WHERE partner_id = :partner AND starts_at > :since AND starts_at <= :now AND changed_at < starts_at"""
)
_ENDED = Statement(
    """UPDATE feed_listing SET changed_at = ends_at
    WHERE partner_id = :partner AND ends_at > :since AND ends_at <= :now AND changed_at < ends_at"""
)
_NEXT = Statement(
    """UPDATE feed_state SET settled_to = :now, next_at = (SELECT MIN(moment) FROM (
        SELECT MIN(starts_at) AS moment FROM feed_listing WHERE partner_id = :partner AND starts_at > :now
        UNION ALL SELECT MIN(ends_at) AS moment FROM feed_listing WHERE partner_id = :partner AND ends_at > :now) moments)
    WHERE partner_id = :partner"""
)


def touched(partner_id: int) -> None:
    """In the transaction that changed something that the feed shows: its listings' `changed_at` is null from here on."""
    _BEGIN.run(partner=partner_id, is_fresh=True, now=clock.micros())


def version_of(partner_id: int) -> int:
    """What tells one state of the partner's feed from another; 0 while nothing was ever listed.

    By one indexed look-up; what has changed since the last reading, by itself or by the clock, is settled first.
    """
    standing = _STANDING.row(partner=partner_id)
    if standing is None:
        return 0
    if standing.is_fresh or clock.has_passed(standing.next_at):
        _settle(partner_id)
        standing = _STANDING.row(partner=partner_id)
    return standing.version if standing else 0


def _settle(partner_id: int) -> None:
    with transaction():
        now = clock.micros()
        if not _HOLD.run(partner=partner_id, is_fresh=False, was_fresh=True, now=now):
            return  # Somebody else did.
        now = clock.micros()  # Whoever held the row has committed by now.
        since = _SETTLED_TO.value(partner=partner_id)
        _STAMP.run(partner=partner_id, now=now)
        _STAMP_DEPARTED.run(partner=partner_id, now=now)
        _STARTED.run(partner=partner_id, since=since, now=now)
        _ENDED.run(partner=partner_id, since=since, now=now)
        _NEXT.run(partner=partner_id, now=now)
