"""Reading the event log for a page: what happened to a thing, newest first, and who did it."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.events.tables import Event
from portal.domain.events.types import TYPES

MOST = 30
_OF = Statement(
    """SELECT type, thing, thing_id, actor, at FROM event WHERE partner_id = ? AND thing = ? AND thing_id = ?
    ORDER BY id DESC LIMIT ?"""
)
_MOST_ACTORS = 200
_TEAM = Statement(
    """SELECT u.id, u.name, u.mail FROM partner p JOIN membership m ON m.partner_id = COALESCE(p.live_partner_id, p.id)
    JOIN person u ON u.id = m.user_id WHERE p.id = ? ORDER BY u.name, u.id LIMIT ?"""
)
_TOKENS_OF = Statement("SELECT id, name FROM client_token WHERE partner_id = ? ORDER BY name, id LIMIT ?")


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
    named = names({row[3] for row in rows})
    return [
        Fact(type, TYPES.get(type, type), thing, thing_id, named.get(actor), clock.from_micros(at))
        for type, thing, thing_id, actor, at in rows
    ]


def names(actors: set[str]) -> dict[str, str]:
    """The names of people, tokens and other partners, by how the log writes them; the portal itself has none."""
    people, tokens, partners = (_ids(actors, kind) for kind in ("user:", "token:", "partner:"))
    named = {}
    if people:
        named |= {f"user:{key}": name or mail for key, name, mail in _people(len(people)).rows(*people)}
    if tokens:
        named |= {f"token:{key}": f"the API token “{name}”" for key, name in _tokens(len(tokens)).rows(*tokens)}
    if partners:
        named |= {f"partner:{key}": name for key, name in _partners(len(partners)).rows(*partners)}
    return named


@cache
def _people(count: int) -> Statement:
    return Statement(f"SELECT id, name, mail FROM person WHERE id IN ({', '.join('?' * count)})")


@cache
def _tokens(count: int) -> Statement:
    return Statement(f"SELECT id, name FROM client_token WHERE id IN ({', '.join('?' * count)})")


@cache
def _partners(count: int) -> Statement:
    return Statement(f"SELECT id, name FROM partner WHERE id IN ({', '.join('?' * count)})")


def _ids(actors: set[str], kind: str) -> list[int]:
    return [int(actor.removeprefix(kind)) for actor in actors if actor.startswith(kind)]


def actors_of(partner_id: int) -> list[tuple[str, str]]:
    """(how the log writes them, name) of the partner's team and of its tokens, by name; at most so many of each."""
    people = [(f"user:{key}", name or mail) for key, name, mail in _TEAM.rows(partner_id, _MOST_ACTORS)]
    return people + [(f"token:{key}", f"API token “{name}”") for key, name in _TOKENS_OF.rows(partner_id, _MOST_ACTORS)]
