"""What grows with every day and is kept for a while only, in the order in which it was written.

Each look takes up some hundred of the oldest rows and stops at the first that is to stay, so that no writer waits and no
index is needed. A test mode's rows age by its own clock. Money never ages: deals, the ledger, payouts and their statements.
"""

from collections.abc import Callable
from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction

CLICKS_LAST = timedelta(days=400)  # longer than any catalog's cookies, and than two periods of any figure
MAILS_LAST = timedelta(days=90)
REFUSALS_LAST = timedelta(days=90)

# The oldest rows: id, when (microseconds, or a day), and how many seconds its partner's clock is ahead of the wall.
_MAILS = Statement(
    """SELECT m.id, m.created_at, COALESCE(p.clock_offset, 0), m.due_at IS NOT NULL
    FROM mail m LEFT JOIN partner p ON p.id = m.partner_id ORDER BY m.id LIMIT ?"""
)
_REFUSALS = Statement(
    """SELECT r.id, r.at, p.clock_offset, FALSE FROM refusal r JOIN partner p ON p.id = r.partner_id ORDER BY r.id LIMIT ?"""
)
_COUNTS = Statement(
    """SELECT r.id, r.day, p.clock_offset, FALSE FROM refusal_count r JOIN partner p ON p.id = r.partner_id
    ORDER BY r.id LIMIT ?"""
)
_DROP_MAILS = Statement("DELETE FROM mail WHERE id <= ?")
_DROP_REFUSALS = Statement("DELETE FROM refusal WHERE id <= ?")
_DROP_COUNTS = Statement("DELETE FROM refusal_count WHERE id <= ?")

# A deal's click stays with it; the mark says up to which click was looked, so that those are passed over once.
_MARK = Statement("SELECT value FROM sequence WHERE name = 'clicks looked at'")
_CLICKS = Statement(
    """SELECT k.id, k.at, p.clock_offset, FALSE FROM click k JOIN promotion m ON m.id = k.promotion_id
    JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = c.partner_id WHERE k.id > ? ORDER BY k.id LIMIT ?"""
)
_DROP_CLICKS = Statement(
    """DELETE FROM click WHERE id > ? AND id <= ? AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.click_id = click.id)"""
)
_SET_MARK = Statement(
    """INSERT INTO sequence (name, value) VALUES ('clicks looked at', ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
)


def forget_old(most: int = 500) -> int:
    """Take up the oldest rows of each kind; how many were. The worker repeats it until 0."""
    return sum(forget(most) for forget in (forget_mails, forget_refusals, forget_counts, forget_clicks))


def forget_mails(most: int) -> int:
    """Mails after ninety days, whatever became of them; one that still waits to be sent stays."""
    return _forget(_MAILS.rows(most), MAILS_LAST, _DROP_MAILS.run)


def forget_refusals(most: int) -> int:
    """Refusals with their steps, after ninety days."""
    return _forget(_REFUSALS.rows(most), REFUSALS_LAST, _DROP_REFUSALS.run)


def forget_counts(most: int) -> int:
    """How often a step refused a thing, by the day, after ninety days."""
    return _forget(_COUNTS.rows(most), REFUSALS_LAST, _DROP_COUNTS.run)


def forget_clicks(most: int) -> int:
    """Clicks that brought no deal, after 400 days."""
    row = _MARK.row()
    mark = row[0] if row else 0

    def drop(last: int) -> None:
        _DROP_CLICKS.run(mark, last)
        _SET_MARK.run(last)

    return _forget(_CLICKS.rows(mark, most), CLICKS_LAST, drop)


def _forget(rows: list[tuple], lasts: timedelta, drop: Callable[[int], object]) -> int:
    until = clock.micros() - lasts // clock.MICROSECOND
    old = 0
    for _, when, ahead, is_wanted in rows:
        if is_wanted or not _is_before(when, until + ahead * 1_000_000):
            break
        old += 1
    if old:
        with transaction():
            drop(rows[old - 1][0])
    return old


def _is_before(when: int | str, moment: int) -> bool:
    return when < clock.from_micros(moment).date().isoformat() if isinstance(when, str) else when <= moment
