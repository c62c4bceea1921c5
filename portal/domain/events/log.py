"""Writing the event log, and giving events their positions."""

import json
from contextlib import contextmanager
from contextvars import ContextVar

from portal import clock
from portal.database import Statement, after_commit, transaction
from portal.domain.events.types import TYPES

SYSTEM = "system"
TOGETHER = 500  # get their positions at once
_actor: ContextVar[str] = ContextVar("actor", default=SYSTEM)
_acting_for: ContextVar[int | None] = ContextVar("acting_for", default=None)
_listener = None

_COLUMNS = "INSERT INTO event (partner_id, type, thing, thing_id, actor, data, at) VALUES"
_FIRST, _SECOND = (f"(:partner, :{type}, :thing, :thing_id, :actor, :data, :at)" for type in ("type", "second_type"))
_INSERT, _INSERT_TWO = Statement(f"{_COLUMNS} {_FIRST}"), Statement(f"{_COLUMNS} {_FIRST}, {_SECOND}")
_HOLD = Statement("UPDATE sequence SET value = value WHERE name = 'event'")
_LAST = Statement("SELECT value FROM sequence WHERE name = 'event'")
_GIVE = Statement(
    """UPDATE event SET position = placed.position FROM (SELECT id, :last + ROW_NUMBER() OVER (ORDER BY id) AS position
    FROM event WHERE position IS NULL ORDER BY id LIMIT :most) placed WHERE event.id = placed.id"""
)
_REMEMBER = Statement("UPDATE sequence SET value = :last WHERE name = 'event'")


def acting_as(actor: str, partner_id: int | None = None) -> None:
    """Name whoever acts for the rest of this request, `user:3`, `token:7` or `system`, and for which partner."""
    _actor.set(actor)
    _acting_for.set(partner_id)


@contextmanager
def by_itself():
    """What the block records happened by itself, whoever looked when it was time."""
    marks = _actor.set(SYSTEM), _acting_for.set(None)
    try:
        yield
    finally:
        _actor.reset(marks[0])
        _acting_for.reset(marks[1])


def actor() -> str:
    """Whoever acts now."""
    return _actor.get()


def acting_for() -> int | None:
    """The partner for which somebody acts now; None for the system and for who acts for none."""
    return _acting_for.get()


def record(partner_id: int, type: str, thing: str, thing_id, data: dict | None = None) -> None:
    """Write one fact into the running transaction. A type that is not in the table is a programming error."""
    record_all(partner_id, (type,), thing, thing_id, data)


def record_for_both(sides: tuple[int, int], type: str, thing: str, thing_id, data: dict | None = None) -> None:
    """Write a fact between two partners into the log of each, once if they are one.

    The names of people and tokens are for their own partner: the other one's log says `partner:5`.
    """
    acting = _acting_for.get()
    for partner_id in dict.fromkeys(sides):
        is_others = acting in sides and acting != partner_id
        record_all(partner_id, (type,), thing, thing_id, data, f"partner:{acting}" if is_others else None)


def record_all(
    partner_id: int, types: tuple[str, ...], thing: str, thing_id, data: dict | None = None, actor: str | None = None
) -> None:
    """Write one or two facts about a thing at once; by whoever acts now, unless another is named."""
    unknown = set(types) - TYPES.keys()
    if unknown:
        raise KeyError(unknown)
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")) if data else "{}"
    given = dict(zip(("type", "second_type"), types, strict=False))
    (_INSERT if len(types) == 1 else _INSERT_TWO).run(
        partner=partner_id, **given, thing=thing, thing_id=str(thing_id), actor=actor or _actor.get(), data=body,
        at=clock.micros(),
    )  # fmt: skip
    after_commit(tell)


def when_recorded(listener) -> None:
    """Call `listener()` after each commit that recorded events; the queue uses it to wake a worker."""
    global _listener
    _listener = listener


def give_positions(most: int = TOGETHER) -> int:
    """Give committed events the next positions, oldest first; how many got one. The worker repeats it while there are more."""
    with transaction():
        hold_positions()  # The only drain, so positions appear in their order.
        last = _LAST.value()
        count = _GIVE.run(last=last, most=most)
        _REMEMBER.run(last=last + count)
    return count


def hold_positions() -> None:
    """In a transaction: nobody else gives positions, closes batches or drops them until it ends."""
    _HOLD.run()


def tell() -> None:
    """Say that something was committed which a worker may have to look at."""
    if _listener is not None:
        _listener()
