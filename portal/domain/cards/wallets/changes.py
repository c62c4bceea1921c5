"""What changed on cards that stand in wallets, as the event log tells it: they are due to be told there.

The writes of cards pay nothing for it. Many changes of a card before it is told are one.
"""

from itertools import takewhile
from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.templates.templates import THING as TEMPLATE

_CHANGES, _LOOK = "wallet changes", "wallet template"
_FAR = 1000  # events that are read once more when the first card comes into a wallet, at most
_PIECE = 500


class _Event(NamedTuple):
    position: int
    thing: str
    thing_id: str


_IS_ANY = Statement("SELECT 1 FROM wallet_holding LIMIT 1")
_PLACE = Statement("SELECT value FROM sequence WHERE name = :name")
_HOLD = Statement(
    """INSERT INTO sequence (name, value) VALUES (:name, 0) ON CONFLICT (name) DO UPDATE SET value = sequence.value
    RETURNING value"""
)
_REMEMBER = Statement("UPDATE sequence SET value = :place WHERE name = :name")
_NEXT = Statement(
    "SELECT position, thing, thing_id FROM event WHERE position > :after ORDER BY position LIMIT 500", _Event
)
_NOT_PLACED = Statement("SELECT 1 FROM event WHERE position IS NULL LIMIT 1")
# One that waits to be tried again, or is being told, keeps its moment.
_MARK = Statement("UPDATE wallet_holding SET changes = changes + 1, due_at = COALESCE(due_at, :now) WHERE id IN :ids")
# A list each: of a statement with two, each pair of sizes would be kept for ever.
_OF_CARDS = Statement("SELECT h.id FROM card c JOIN wallet_holding h ON h.card_id = c.id WHERE c.serial IN :serials")
_OF_HOLDERS = Statement(
    """SELECT h.id FROM member m JOIN card c ON c.member_id = m.id JOIN wallet_holding h ON h.card_id = c.id
    WHERE m.uuid IN :holders"""
)
_HELD = Statement("SELECT id FROM wallet_holding WHERE id IN :ids ORDER BY id", lock="FOR UPDATE")
_OF_TEMPLATE = Statement(
    f"""SELECT h.id FROM wallet_holding h JOIN card c ON c.id = h.card_id JOIN card_template t ON t.id = c.template_id
    WHERE t.uuid = :uuid AND h.id > :after ORDER BY h.id LIMIT {_PIECE}""",
    lock="FOR UPDATE OF h",
)


def note() -> bool:
    """Make due what the next events changed; whether there were any. Repeated until there are none."""
    last, seen = _PLACE.value(name="event") or 0, _PLACE.value(name=_CHANGES) or 0
    if last <= seen:
        return False
    if not _IS_ANY.value():
        return _pass_over(last, seen)
    with transaction():
        events = _NEXT.rows(after=_HOLD.value(name=_CHANGES))
        if events and events[0].thing == TEMPLATE:
            _note_template(events[0])
        elif events:
            _note_cards(list(takewhile(lambda event: event.thing != TEMPLATE, events)))
    return bool(events)


def is_behind() -> bool:
    """Whether there are events that it could not look at yet."""
    return _IS_ANY.value() is not None and _NOT_PLACED.value() is not None


def _pass_over(last: int, seen: int) -> bool:
    if last - seen > _FAR:
        with transaction():
            _HOLD.value(name=_CHANGES)
            _REMEMBER.run(name=_CHANGES, place=last)
    return False


def _note_cards(events: list[_Event]) -> None:
    serials, holders = ({one.thing_id for one in events if one.thing == thing} for thing in ("card", "member"))
    found = {
        *(_OF_CARDS.values(serials=serials) if serials else ()),
        *(_OF_HOLDERS.values(holders=holders) if holders else ()),
    }
    if found:
        _MARK.run(ids=_HELD.values(ids=found), now=clock.wall_micros())
    _REMEMBER.run(name=_CHANGES, place=events[-1].position)


def _note_template(event: _Event) -> None:
    """Some of its cards; the others stand after the place that is kept."""
    found = _OF_TEMPLATE.values(uuid=event.thing_id, after=_HOLD.value(name=_LOOK))
    _MARK.run(ids=found, now=clock.wall_micros())
    if len(found) < _PIECE:
        _REMEMBER.run(name=_CHANGES, place=event.position)
    _REMEMBER.run(name=_LOOK, place=found[-1] if len(found) == _PIECE else 0)
