"""Sums that this process has read before, true for as long as no event says otherwise; nothing is written for them.

Each change of a deal or a payout leaves an event of its merchant in the same transaction, and events get their positions
after they are committed. What is summed after a position was looked up is therefore true until an event beyond it, or one
without a position yet, is about what was summed. Where events beyond it have aged away, nobody knows.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from portal.database import Statement

MOST_CHANGES = 1000  # Where more has changed, all is summed anew.
_MOST_PARTNERS = 32


class Change(NamedTuple):
    """A deal by the moment of its report (microseconds), or a payout; and the promoter whose it is, if it is anybody's. Of a
    deal that is gone nobody knows what it was part of."""

    moment: int | None
    promoter_id: int | None
    is_gone: bool


_POSITION = Statement("SELECT value FROM sequence WHERE name = 'event'")
_ABOUT = """SELECT d.conversion_time AS moment, COALESCE(m.promoter_id, o.promoter_id) AS promoter_id,
        e.thing = 'deal' AND d.id IS NULL AS is_gone
    FROM (SELECT thing, thing_id FROM event WHERE {} LIMIT :most) AS e
    LEFT JOIN deal d ON e.thing = 'deal' AND d.uuid = e.thing_id LEFT JOIN promotion m ON m.id = d.promotion_id
    LEFT JOIN payout o ON e.thing = 'payout' AND o.uuid = e.thing_id"""
_PLACED = Statement(_ABOUT.format("partner_id = :partner AND position > :since"), Change)
_UNPLACED = Statement(_ABOUT.format("+partner_id = :partner AND position IS NULL"), Change)  # Few, whosever they are.
_IS_KEPT = Statement("SELECT 1 FROM event WHERE position = :position")
_every: list["Remembered | Lately"] = []


class Recalled(NamedTuple):
    """What was kept, the position to keep it under again, and what has changed since; `values` is the caller's own."""

    position: int
    values: dict
    changes: list[Change]


class Remembered:
    """Sums of some partners, those longest unused forgotten. Each is replaced whole, so threads need no lock."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, dict]] = {}
        _every.append(self)

    def recall(self, partner_id: int) -> Recalled:
        """What is known of the partner; nothing where too much has changed. Ask before anything is summed."""
        position = _POSITION.value()
        since, values = self._kept.get(partner_id, (position, {}))
        changes = _changes(partner_id, since, position) if values else []
        return Recalled(position, {}, []) if changes is None else Recalled(position, dict(values), changes)

    def keep(self, partner_id: int, position: int, values: dict) -> None:
        """Keep what was summed after the position was looked up."""
        keep_latest(self._kept, partner_id, (position, values), _MOST_PARTNERS)

    def forget(self) -> None:
        """Know nothing."""
        self._kept.clear()


class Lately:
    """A number of each of some partners, asked for again once it is so many seconds old."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[int, tuple[float, int]] = {}
        _every.append(self)

    def number(self, partner_id: int, ask: Callable[[], int]) -> int:
        """The number that was kept of the partner, or what is asked for now."""
        kept, now = self._kept.get(partner_id), time.monotonic()
        if kept is None or kept[0] <= now:
            kept = (now + self._seconds, ask())
            keep_latest(self._kept, partner_id, kept, _MOST_PARTNERS)
        return kept[1]

    def forget(self) -> None:
        """Know nothing."""
        self._kept.clear()


def keep_latest(kept: dict, key, value, most: int) -> None:
    """Put the value in as the latest, and let those go that are longest unused."""
    kept.pop(key, None)
    kept[key] = value
    for oldest in list(kept)[:-most]:
        kept.pop(oldest, None)


def forget_all() -> None:
    """Forget what was summed from another database."""
    for remembered in _every:
        remembered.forget()


def _changes(partner_id: int, since: int, position: int) -> list[Change] | None:
    """What has changed since a position, the newest being another; None when that is too much, or is not all known any more."""
    # In this order one that gets its position meanwhile is read twice, and not never.
    changes = _UNPLACED.rows(partner=partner_id, most=MOST_CHANGES + 1)
    changes += _PLACED.rows(partner=partner_id, since=since, most=MOST_CHANGES + 1)
    if len(changes) > MOST_CHANGES or any(change.is_gone for change in changes):
        return None
    has_aged = since < position and _IS_KEPT.value(position=since + 1) is None  # Looked up last: the oldest go first.
    return None if has_aged else changes
