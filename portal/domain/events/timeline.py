"""Reading the event log for a page: what happened to a thing, newest first, and who did it."""

import itertools
import json
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.events.types import FIELDS, TYPES
from portal.domain.sentences import joined

MOST = 30
_MOST_ACTORS = 200
_ABOUT = ("code", "name", "slug")  # of what a fact keeps, that which a person knows it by


class _Recorded(NamedTuple):
    id: int
    type: str
    thing: str
    thing_id: str
    actor: str
    at: int
    data: str


class _Called(NamedTuple):
    id: int
    name: str


class Fact(NamedTuple):
    """One event in words; `actor` is a name, or None for the portal itself. `about` is what of the thing it speaks of: a code,
    a name, another partner, the fields that changed."""

    type: str
    sentence: str
    thing: str
    thing_id: str
    actor: str | None
    at: datetime
    about: str | None = None


_OF = Statement(
    """SELECT id, type, thing, thing_id, actor, at, data FROM event
    WHERE partner_id = :partner AND thing = :thing AND thing_id IN :ids ORDER BY id DESC LIMIT :most""",
    row=_Recorded,
)
_TEAM = Statement(
    """SELECT u.id, COALESCE(NULLIF(u.name, ''), u.mail) AS name
    FROM partner p JOIN membership m ON m.partner_id = COALESCE(p.live_partner_id, p.id)
    JOIN person u ON u.id = m.user_id WHERE p.id = :partner ORDER BY u.name, u.id LIMIT :most""",
    row=_Called,
)
_TOKENS_OF = Statement(
    "SELECT id, name FROM client_token WHERE partner_id = :partner ORDER BY name, id LIMIT :most", row=_Called
)
_PEOPLE = Statement("SELECT id, COALESCE(NULLIF(name, ''), mail) AS name FROM person WHERE id IN :ids", row=_Called)
_TOKENS = Statement("SELECT id, name FROM client_token WHERE id IN :ids", row=_Called)
_PARTNERS = Statement("SELECT id, name FROM partner WHERE id IN :ids", row=_Called)


def of(partner_id: int, thing: str, thing_id: str, most: int = MOST) -> list[Fact]:
    """What happened to one thing, newest first."""
    return of_several(partner_id, [(thing, [thing_id])], most)


def of_several(partner_id: int, things: list[tuple[str, list[str]]], most: int = MOST) -> list[Fact]:
    """What happened to several things, (thing, ids) each, newest first in one list."""
    of_each = [_OF.rows(partner=partner_id, thing=thing, ids=ids, most=most) for thing, ids in things if ids]
    return _in_words(sorted(itertools.chain(*of_each), reverse=True)[:most])


def _in_words(rows: list[_Recorded]) -> list[Fact]:
    told = [json.loads(row.data) for row in rows]
    named = names({row.actor for row in rows} | {_partner(data) for data in told if "promoter" in data})
    return [
        Fact(
            row.type, TYPES.get(row.type, row.type), row.thing, row.thing_id, named.get(row.actor),
            clock.from_micros(row.at), _about(data) or named.get(_partner(data)) or _fields(data),
        )
        for row, data in zip(rows, told, strict=True)
    ]  # fmt: skip


def _about(data: dict) -> str | None:
    return next((data[name] for name in _ABOUT if data.get(name)), None)


def _fields(data: dict) -> str | None:
    return joined([FIELDS.get(name, name) for name in data.get("fields", ())], ", ") or None


def _partner(data: dict) -> str:
    return f"partner:{data.get('promoter', 0)}"


def names(actors: set[str]) -> dict[str, str]:
    """The names of people, tokens and other partners, by how the log writes them; the portal itself has none."""
    people, tokens, partners = (_ids(actors, kind) for kind in ("user:", "token:", "partner:"))
    named: dict[str, str] = {}
    if people:
        named |= {f"user:{one.id}": one.name for one in _PEOPLE.rows(ids=people)}
    if tokens:
        named |= {f"token:{one.id}": f"the API token “{one.name}”" for one in _TOKENS.rows(ids=tokens)}
    if partners:
        named |= {f"partner:{one.id}": one.name for one in _PARTNERS.rows(ids=partners)}
    return named


def _ids(actors: set[str], kind: str) -> list[int]:
    return [int(actor.removeprefix(kind)) for actor in actors if actor.startswith(kind)]


def actors_of(partner_id: int) -> list[tuple[str, str]]:
    """(how the log writes them, name) of the partner's team and of its tokens, by name; at most so many of each."""
    asked = {"partner": partner_id, "most": _MOST_ACTORS}
    people = [(f"user:{one.id}", one.name) for one in _TEAM.rows(**asked)]
    return people + [(f"token:{one.id}", f"API token “{one.name}”") for one in _TOKENS_OF.rows(**asked)]
