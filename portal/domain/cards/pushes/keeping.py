"""Who got a push is kept for a while after its end, with what each of their browsers' services answered; the push and its counts stay.
What was tried on oneself goes whole. A test mode's go by its own clock.
"""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.pushes import ending
from portal.domain.cards.pushes.pushes import KIND
from portal.domain.cards.pushes.tables import PushSubscription
from portal.domain.keeping.ageing import Ended, Keeping, Own
from portal.domain.totals import totals

RECIPIENTS_LAST, TRIALS_LAST = timedelta(days=400), timedelta(days=30)
_REFUSED_LAST = timedelta(days=90)
_WHO = "who got a push, and what their phones’ push services answered (the counts stay)"


class _Kept(NamedTuple):
    id: int
    push_id: int


class _Trial(NamedTuple):
    id: int
    partner_id: int


_AGED = "p.ended_at <= :until + CAST(o.clock_offset AS BIGINT) * 1000000"
_REMEMBERED = Statement(
    f"SELECT p.id FROM partner o JOIN push p ON p.partner_id = o.id WHERE p.forgotten < p.recipients AND {_AGED} LIMIT :most"
)
_TRIALS = Statement(
    f"SELECT p.id FROM push p JOIN partner o ON o.id = p.partner_id WHERE p.is_trial AND {_AGED} LIMIT :most"
)
_RECIPIENTS = Statement(
    "SELECT id, push_id FROM push_recipient WHERE push_id IN :pushes AND due_at IS NULL ORDER BY push_id, id LIMIT :most",
    _Kept,
)
_COUNT = Statement(
    """UPDATE push SET forgotten = forgotten
        + (SELECT COUNT(*) FROM push_recipient r WHERE r.push_id = push.id AND r.id IN :recipients) WHERE id IN :pushes"""
)
_DROP = Statement("DELETE FROM push_recipient WHERE id IN :recipients")
_DROP_TRIALS = Statement(
    "DELETE FROM push WHERE id IN :pushes AND forgotten = recipients RETURNING id, partner_id", _Trial
)


def forget_recipients(most: int) -> int:
    """Remove some recipients of pushes that ended long ago; how many."""
    with transaction():
        return _forget(_REMEMBERED.values(until=_until(RECIPIENTS_LAST), most=most), most)


def forget_trials(most: int) -> int:
    """Remove some trials that ended long ago, recipients first; how many of both."""
    with transaction():
        trials = _TRIALS.values(until=_until(TRIALS_LAST), most=most)
        forgotten = _forget(trials, most)
        gone = _DROP_TRIALS.rows(pushes=trials)
        for trial in gone:
            totals.take(trial.partner_id, KIND, trial.id)
        return forgotten + len(gone)


def _forget(pushes: list[int], most: int) -> int:
    ending.hold(pushes)
    rows = _RECIPIENTS.rows(pushes=pushes, most=most)
    its = [row.id for row in rows]
    _COUNT.run(pushes={row.push_id for row in rows}, recipients=its)
    _DROP.run(recipients=its)
    return len(rows)


def _until(lasts: timedelta) -> int:
    return clock.micros() - lasts // clock.MICROSECOND


KEEPING: tuple[Keeping, ...] = (
    Own(_WHO, RECIPIENTS_LAST, forget_recipients),
    Own("pushes that were tried on oneself", TRIALS_LAST, forget_trials),
    Ended("browsers whose push service refuses every push", _REFUSED_LAST, PushSubscription.refused_at),
)
