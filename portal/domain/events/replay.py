"""A partner's events in their order, for programs that keep up with them (contract: offers-feed, "event data").

Positions are given after the commit, in one order: whoever has read up to one misses nothing that comes later.
"""

from collections.abc import Sequence
from typing import NamedTuple

from portal.database import Statement
from portal.domain.errors import Gone, Invalid
from portal.domain.events.codes import CURSOR_TOO_OLD
from portal.domain.events.types import TYPES
from portal.domain.sentences import say


class Told(NamedTuple):
    """An event: `data` is JSON, `at` in microseconds."""

    position: int
    type: str
    thing: str
    thing_id: str
    data: str
    at: int


class Replay(NamedTuple):
    """Events in their order, the position to go on from, and whether there are more at once."""

    rows: list[Told]
    next: int
    has_more: bool


_HEAD = Statement("SELECT value FROM sequence WHERE name = 'event'")
_DROPPED = Statement("SELECT MAX(last_position) FROM event_batch WHERE dropped_at IS NOT NULL")
_COLUMNS = "SELECT position, type, thing, thing_id, data, at FROM event WHERE partner_id = :partner"
_WITHIN = "position > :after AND position <= :head ORDER BY position LIMIT :most"
_ALL = Statement(f"{_COLUMNS} AND {_WITHIN}", row=Told)
_OF_TYPES = Statement(f"{_COLUMNS} AND type IN :types AND {_WITHIN}", row=Told)


def read(partner_id: int, after: int | None, types: Sequence[str], most: int) -> Replay:
    """Events after a position, of some types where they are named; without one, from the first that is kept.

    Raises Gone for a position whose followers are not all kept, Invalid for one that nothing has yet, or an unknown type.
    """
    _refuse_unknown(types)
    head = _HEAD.value() or 0
    if after is not None:
        _refuse_out_of_reach(after, head)
    asked = {"partner": partner_id, "after": after or 0, "head": head, "most": most + 1}
    found = _OF_TYPES.rows(**asked, types=list(types)) if types else _ALL.rows(**asked)
    rows = found[:most]
    has_more = len(found) > most
    return Replay(rows, rows[-1].position if has_more else head, has_more)


def _refuse_unknown(types: Sequence[str]) -> None:
    if unknown := [word for word in types if word not in TYPES]:
        told = say(
            "There is no type “{word}” of events. Send some of {all}.",
            word=unknown[0][:48],
            all=", ".join(sorted(TYPES)),
        )
        raise Invalid("types", told)


def _refuse_out_of_reach(after: int, head: int) -> None:
    if after < (_DROPPED.value() or 0):
        raise Gone(say(CURSOR_TOO_OLD.sample), CURSOR_TOO_OLD)
    if after > head:
        raise Invalid("after", say("No event has this cursor yet. Send the `next` of an answer as it was."))
