"""A partner's whole log, newest first, filtered: by who, by type, by thing, by day. Read by position, a page at a time.

Every way to the events has its index: with a type, or several, each is read by itself and the newest of all are taken.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.events.history_bounds import positions_of
from portal.domain.events.types import TYPES
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import MOST, KeyPage

AT_ONCE = 500
_COLUMNS = "e.position, e.type, e.thing, e.thing_id, e.actor, e.data, e.at"
_OF_THING = ("e.thing = :thing AND e.thing_id = :thing_id",)
# What belongs to a catalog is its history too.
_OF_CATALOG = (
    "e.thing = 'catalog' AND e.thing_id = :thing_id",
    *(
        f"e.thing = '{kind}' AND e.thing_id IN (SELECT t.{key} FROM {kind} t JOIN catalog c ON c.id = t.catalog_id WHERE c.uuid = :thing_id)"
        for kind, key in (("offer", "uuid"), ("landing", "code"), ("promotion", "uid"))
    ),
)


class Logged(NamedTuple):
    """An event: `actor` as the log writes it, `data` as text."""

    position: int
    type: str
    thing: str
    thing_id: str
    actor: str
    data: str
    at: int

    @property
    def sentence(self) -> str:
        """What happened."""
        return TYPES.get(self.type, self.type)

    @property
    def details(self) -> dict:
        """What more is kept of it."""
        return json.loads(self.data)

    @property
    def moment(self) -> datetime:
        """When it happened, by the partner's clock."""
        return clock.from_micros(self.at)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events: None or empty leaves a question open. `until` is the first moment that is out."""

    actor: str = ""
    types: tuple[str, ...] = ()
    thing: str = ""
    thing_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


def page(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of what was given its position, newest first: all, or what lies before or after a position."""
    return key_pages.turned(_read(partner_id, chosen, MOST + 1, before, after), before, after)


def each(partner_id: int, chosen: Filter, before: int | None = None) -> Iterator[list[Logged]]:
    """All that is filtered, or what of it lies before a position, newest first, in portions, each a short read of its own."""
    rows = _read(partner_id, chosen, AT_ONCE, before)
    while rows:
        yield rows
        rows = _read(partner_id, chosen, AT_ONCE, rows[-1].position) if len(rows) == AT_ONCE else []


def is_actor(partner_id: int, actor: str) -> bool:
    """Whether somebody is written in the partner's log under this name."""
    return bool(_read(partner_id, Filter(actor=actor), 1))


def _read(
    partner_id: int, chosen: Filter, most: int, before: int | None = None, after: int | None = None
) -> list[Logged]:
    if chosen.actor and not chosen.types:
        chosen = replace(chosen, types=tuple(TYPES))
    lowest, highest = positions_of(chosen.since, chosen.until)
    given = {
        "partner": partner_id, "most": most, "above": max(lowest, after or 0),
        "below": min(highest, before if before is not None else highest),
        "since": chosen.since and clock.to_micros(chosen.since), "until": chosen.until and clock.to_micros(chosen.until),
        "actor": chosen.actor, "thing": chosen.thing, "thing_id": chosen.thing_id,
    }  # fmt: skip
    given |= {f"type_{number}": type for number, type in enumerate(chosen.types)}
    shape = (chosen.thing == "catalog", bool(chosen.thing), len(chosen.types), bool(chosen.actor))
    return _statement(*shape, bool(chosen.since), bool(chosen.until), after is not None).rows(**given)


@cache
def _statement(
    catalog: bool, thing: bool, types: int, actor: bool, since: bool, until: bool, upwards: bool
) -> Statement[Logged]:
    """The prebuilt query of a shape of filter."""
    # A thing has few events: a plus keeps the positions' index out, so that they are found by it and put in order then.
    position, order = "+e.position" if thing else "e.position", "ASC" if upwards else "DESC"
    days = (" AND e.at >= :since" if since else "") + (" AND e.at < :until" if until else "")
    bounds = f"{position} > :above AND {position} < :below{days}"
    parts = [
        f"SELECT * FROM (SELECT e.position FROM event e WHERE {way} AND {bounds} ORDER BY {position} {order} LIMIT :most) way{number}"
        for number, way in enumerate(_ways(catalog, thing, types, actor))
    ]
    found = f"SELECT position FROM ({' UNION ALL '.join(parts)} ORDER BY 1 {order} LIMIT :most) found"
    return Statement(
        f"SELECT {_COLUMNS} FROM event e WHERE e.position IN ({found}) ORDER BY e.position {order}", row=Logged
    )


def _ways(catalog: bool, thing: bool, types: int, actor: bool) -> list[str]:
    """Conditions of which an event meets one; each has its index."""
    whose = "e.partner_id = :partner" + (" AND e.actor = :actor" if actor else "")
    names = [f":type_{number}" for number in range(types)]
    if not thing:
        return [f"{whose} AND e.type = {name}" for name in names] or [whose]
    of_types = f" AND e.type IN ({', '.join(names)})" if types else ""
    return [f"{whose} AND {which}{of_types}" for which in (_OF_CATALOG if catalog else _OF_THING)]
