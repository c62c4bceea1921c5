"""Reading the event log for a page: what happened to a thing, newest first, and who did it."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.accounts.tables import ClientToken, User
from portal.domain.events.tables import Event
from portal.domain.events.types import TYPES

MOST = 30
_OF = Statement(
    """SELECT type, thing, thing_id, actor, at FROM event WHERE partner_id = ? AND thing = ? AND thing_id = ?
    ORDER BY id DESC LIMIT ?"""
)


class Fact(NamedTuple):
    """One event in words; `actor` is a name, or None for the portal itself."""

    type: str
    sentence: str
    thing: str
    thing_id: str
    actor: str | None
    at: datetime


def of(partner_id: int, thing: str, thing_id: str, most: int = MOST) -> list[Fact]:
    """What happened to one thing, newest first."""
    return _in_words(_OF.rows(partner_id, thing, thing_id, most))


def of_several(partner_id: int, things: list[tuple[str, list[str]]], most: int = MOST) -> list[Fact]:
    """What happened to several things, (thing, ids) each, newest first in one list."""
    rows: list[tuple] = []
    for thing, ids in things:
        if ids:
            latest = Event.select(Event.id, Event.type, Event.thing, Event.thing_id, Event.actor, Event.at)
            latest = latest.where(Event.partner == partner_id, Event.thing == thing, Event.thing_id.in_(ids))
            rows.extend(latest.order_by(Event.id.desc()).limit(most).tuples())
    rows.sort(reverse=True)
    return _in_words([(*row[1:5], clock.to_micros(row[5])) for row in rows[:most]])


def _in_words(rows: list[tuple]) -> list[Fact]:
    names = _names({row[3] for row in rows})
    return [
        Fact(type, TYPES.get(type, type), thing, thing_id, names.get(actor), clock.from_micros(at))
        for type, thing, thing_id, actor, at in rows
    ]


def _names(actors: set[str]) -> dict[str, str]:
    """The names of people and tokens, by how the log writes them."""
    people, tokens = _ids(actors, "user:"), _ids(actors, "token:")
    names = {}
    if people:
        rows = User.select(User.id, User.name, User.mail).where(User.id.in_(people)).tuples()
        names |= {f"user:{id}": name or mail for id, name, mail in rows}
    if tokens:
        rows = ClientToken.select(ClientToken.id, ClientToken.name).where(ClientToken.id.in_(tokens)).tuples()
        names |= {f"token:{id}": f"the API token “{name}”" for id, name in rows}
    return names


def _ids(actors: set[str], kind: str) -> list[int]:
    return [int(actor.removeprefix(kind)) for actor in actors if actor.startswith(kind)]
