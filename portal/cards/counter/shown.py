"""Operations as the counter tells them: what each changed, and whether it can still be undone here."""

from typing import NamedTuple

from portal import clock
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


class Note(NamedTuple):
    """A sentence that stands out on a page: its tone, its icon, and what it says."""

    tone: str
    icon: str
    text: str


# By what the phone of the customer showed.
READ_AS = {
    "live": Note("success", "badge-check", say("A live code: the card is open on the customer’s phone.")),
    "number": Note(
        "warning", "triangle-alert",
        say("Not live: this was the number alone, as a phone without a connection shows it, or a picture."),
    ),
}  # fmt: skip
_DELETED = say(
    "This card is deleted and takes no operation. Ask the customer for another one, or a manager for a new card."
)
_EXPIRED = say("This card has expired and takes no operation. A manager can set a later date.")


def hindrance(row: ShownCard) -> Note | None:
    """Why the card takes no operation at all; None where it may."""
    if row.deleted_at is not None:
        return Note("warning", "triangle-alert", _DELETED)
    return Note("warning", "timer-off", _EXPIRED) if clock.has_passed(row.expires_at) else None


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
