"""How recipients of a push end, and with the last of them the push itself.

Whoever changes recipients holds their pushes first, in the order of their ids: counts are exact, and cancelling and sending wait
for each other.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.pushes import words
from portal.domain.events import log


class _Ended(NamedTuple):
    push_id: int
    shown_at: int | None


class _Over(NamedTuple):
    uuid: str
    partner_id: int
    state: str
    sent: int
    failed: int
    cancelled: int


_HOLD = Statement("SELECT id FROM push WHERE id IN :pushes ORDER BY id", lock="FOR UPDATE")
_END = Statement(
    """UPDATE push_recipient SET state = :state, reason = :reason, due_at = NULL, lease_ends = NULL, settled_at = :now
    WHERE id IN :recipients RETURNING push_id, shown_at""",
    _Ended,
)
_WITHDRAW = Statement(
    """UPDATE push_recipient SET state = 'cancelled', reason = :reason, due_at = NULL, lease_ends = NULL, settled_at = :now
    WHERE push_id = :push AND state = 'queued'"""
)
_COUNT = Statement(
    """UPDATE push SET sent = sent + :sent, failed = failed + :failed, cancelled = cancelled + :cancelled, shown = shown + :shown
    WHERE id = :push"""
)
_IS_OVER = "state = 'sending' AND due_at IS NULL AND sent + failed + cancelled = recipients"
_FINISH = Statement(
    f"""UPDATE push SET state = CASE WHEN sent = 0 AND failed > 0 THEN 'failed' ELSE 'sent' END, ended_at = :now
    WHERE id = :push AND {_IS_OVER} RETURNING uuid, partner_id, state, sent, failed, cancelled""",
    _Over,
)


def hold(pushes: Iterable[int]) -> None:
    """In a transaction: nobody else begins, cancels or counts these pushes until its end."""
    _HOLD.rows(pushes=sorted(set(pushes)))


def end(recipients: Sequence[int], state: str, reason: str | None = None) -> None:
    """In a transaction that holds their pushes: recipients, by their ids, that wait or are sent to have ended so."""
    if not recipients:
        return
    ended = _END.rows(recipients=recipients, state=state, reason=reason, now=clock.micros())
    for push in sorted({row.push_id for row in ended}):
        its = [row for row in ended if row.push_id == push]
        # What a browser showed before its service's answer had come.
        shown = 0 if state == words.CANCELLED else sum(row.shown_at is not None for row in its)
        _count(push, shown=shown, **{state: len(its)})
        finish(push)


def withdraw(push: int) -> None:
    """In a transaction that holds it: all that were not sent to yet get nothing."""
    _count(push, cancelled=_WITHDRAW.run(push=push, reason=words.WITHDRAWN, now=clock.micros()))


def finish(push: int) -> None:
    """In a transaction that holds it: the push is over when all its recipients are fixed and have ended."""
    over = _FINISH.row(push=push, now=clock.micros())
    if over is not None:
        told = {"sent": over.sent, "failed": over.failed, "passed_over": over.cancelled}
        log.record(over.partner_id, f"push.{over.state}", "push", over.uuid, told)


def _count(push: int, sent: int = 0, failed: int = 0, cancelled: int = 0, shown: int = 0) -> None:
    _COUNT.run(push=push, sent=sent, failed=failed, cancelled=cancelled, shown=shown)
