"""That somebody saw a push: reported by the browser that showed it, or by the inbox of the card that was opened.

A browser proves by a signature, which only it was sent, what it was that it showed.
"""

from collections.abc import Iterable
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain import sealing
from portal.domain.cards.pushes import ending

_PURPOSE = "shown push"


class _Shown(NamedTuple):
    push_id: int
    state: str


_PUSHES = Statement("SELECT DISTINCT push_id FROM push_recipient WHERE id IN :recipients")
_SHOW = Statement(
    """UPDATE push_recipient SET shown_at = :now WHERE id IN :recipients AND shown_at IS NULL AND state <> 'cancelled'
    RETURNING push_id, state""",
    _Shown,
)
_COUNT = Statement("UPDATE push SET shown = shown + :more WHERE id = :push")


def signature(recipient_id: int) -> str:
    """What proves that a browser was sent the push to this recipient."""
    return sealing.signature(_PURPOSE, str(recipient_id))


def report(recipient_id: int, claimed: str) -> bool:
    """A browser showed the push; whether this is news. One whose signature is not ours changes nothing."""
    if not sealing.is_signed(_PURPOSE, str(recipient_id), claimed):
        return False
    return bool(note([recipient_id]))


def note(recipients: Iterable[int]) -> int:
    """Recipients, by their ids, saw what they were sent; of how many this is news."""
    ids = list(recipients)
    if not ids:
        return 0
    with transaction():
        ending.hold(_PUSHES.values(recipients=ids))
        news = _SHOW.rows(recipients=ids, now=clock.micros())
        for push in {row.push_id for row in news}:
            # What a browser shows before its service's answer has come is counted with that.
            _COUNT.run(push=push, more=sum(row.push_id == push and row.state in ("sent", "failed") for row in news))
    return len(news)
