"""What became of recipients that were posted to: they end, or are tried again."""

from collections import defaultdict
from collections.abc import Iterable

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.pushes import ending, words
from portal.domain.cards.pushes.browsers import answered, outcomes
from portal.domain.cards.pushes.browsers.outcomes import Answer, Outcome
from portal.domain.cards.pushes.sending import Batch, Waiting

_MINE = Statement("SELECT id FROM push_recipient WHERE id IN :recipients AND state = 'sending' AND lease_ends = :lease")
_AGAIN = Statement(
    """UPDATE push_recipient SET state = 'queued', due_at = :due, lease_ends = NULL, attempts = attempts - :untried
    WHERE id = :recipient"""
)
_CANCELLED = Statement("SELECT id FROM push WHERE id IN :pushes AND state = 'cancelled'")
_UNTRIED = Outcome(words.QUEUED)
_WITHDRAWN = Outcome(words.CANCELLED, words.WITHDRAWN)


def settle(batch: Batch, answers: Iterable[Answer]) -> None:
    """What became of a batch: recipients of whom there is no answer are tried again at once. What another worker took since is
    left to that one."""
    by_recipient: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_recipient[answer.recipient].append(answer)
    with clock.acting(batch.clock_offset):
        with transaction():
            ending.hold(row.push_id for row in batch.recipients)
            mine = set(_MINE.values(recipients=[row.id for row in batch.recipients], lease=batch.lease))
            _settle([row for row in batch.recipients if row.id in mine], _untried(batch, by_recipient), by_recipient)
        answered.tell_browsers(answer for known in by_recipient.values() for answer in known)


def _untried(batch: Batch, answers: dict[int, list[Answer]]) -> set[int]:
    return {post.recipient for post in (*batch.posts, *batch.in_wallets)} - answers.keys()


def _settle(rows: list[Waiting], untried: set[int], answers: dict[int, list[Answer]]) -> None:
    cancelled = set(_CANCELLED.values(pushes={row.push_id for row in rows}))
    refused = {recipient for recipient, *_ in answered.refusals([row.id for row in rows])}
    ended: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for row in rows:
        known = answers.get(row.id, [])
        answered.keep(known)
        outcome = _UNTRIED if row.id in untried else outcomes.of(known, row.id in refused, row.attempts + 1)
        if outcome.state != words.QUEUED:
            ended[outcome.state, outcome.reason].append(row.id)
        elif row.push_id in cancelled:
            ended[_WITHDRAWN.state, _WITHDRAWN.reason].append(row.id)
        else:
            due = clock.wall_micros() + outcome.wait // clock.MICROSECOND
            _AGAIN.run(recipient=row.id, due=due, untried=int(row.id in untried))
    for (state, reason), recipients in ended.items():
        ending.end(recipients, state, reason)
