"""Operations as the counter tells them: what each changed, and whether it can still be undone here."""

from typing import NamedTuple

from portal.cards import sentences
from portal.domain.cards.cards.lists import ShownCard
from portal.domain.cards.counter import undoing
from portal.domain.cards.history import told
from portal.domain.cards.history.told import Told
from portal.domain.cards.operations import words
from portal.domain.cards.words import COUNTER
from portal.domain.sentences import say


class Done(NamedTuple):
    """An operation, the changes it made in words, and for how many seconds it can be undone."""

    operation: Told
    changes: list[str]
    seconds: int


def done(row: ShownCard, operation: Told) -> Done:
    """What an operation on the card did."""
    is_ours = operation.source == COUNTER and operation.may_be_undone
    seconds = undoing.seconds_left(operation.created_at) if is_ours else 0
    return Done(operation, changes(row, operation.id), seconds)


def changes(row: ShownCard, operation_id: int) -> list[str]:
    """What an operation changed, field by field."""
    return [
        say(
            "{label}: {before} → {after}", label=words.label(row.kind, change.field),
            before=sentences.figure(row, change.field, change.before), after=sentences.figure(row, change.field, change.after),
        )
        for change in told.changes([operation_id])[operation_id]
    ]  # fmt: skip
