"""Events as lines of the page and of the file: the thing with its name and place, what more is known, and who did it."""

from collections.abc import Callable
from typing import NamedTuple

from flask import g, url_for

from portal.domain.events import things, timeline
from portal.domain.events.history import Logged
from portal.domain.events.log import SYSTEM
from portal.domain.events.things import GONE, HERE, Called
from portal.web import formats

PORTAL = "The portal itself"
_UNNAMED = {SYSTEM: PORTAL, "nobody": "Somebody not signed in"}
_SOURCES = {"user": "person", "token": "token", "nobody": "not signed in", "partner": "partner"}


class Line(NamedTuple):
    """An event in words; `place` is the address of its thing, if it has one that this person may open."""

    event: Logged
    name: str | None
    place: str | None
    details: str
    actor: str
    source: str


def of(partner_id: int, rows: list[Logged]) -> list[Line]:
    """The events in words, in a fixed number of queries."""
    called = things.called(partner_id, {(row.thing, row.thing_id) for row in rows})
    named = timeline.names({row.actor for row in rows})
    return [_line(row, called.get((row.thing, row.thing_id)), named) for row in rows]


def actors(partner_id: int) -> list[tuple[str, str]]:
    """(how the log writes them, name) of who acts for the partner: its people, its tokens, the portal."""
    return [*timeline.actors_of(partner_id), (SYSTEM, PORTAL)]


def _line(row: Logged, called: Called | None, named: dict[str, str]) -> Line:
    kind = row.actor.partition(":")[0]
    unknown = _UNNAMED.get(row.actor, "Somebody who is gone")
    return Line(
        row, called and _named(row.thing, called.name), place_of(row.thing, row.thing_id, called), _details(row.details),
        named.get(row.actor, unknown), _SOURCES.get(kind, "portal"),
    )  # fmt: skip


def _named(thing: str, name: str) -> str:
    return f"Payout {name}" if thing == "payout" else name


# A thing's page, for whoever may open it.
_PLACES: dict[str, Callable[[str, Called | None], object]] = {
    "catalog": lambda key, called: called and url_for("catalogs.show", short_code=key),
    "offer": lambda key, called: called and url_for("offers.edit", uuid=key),
    "landing": lambda key, called: called and called.stands != GONE and url_for("landings.edit", code=key),
    "promotion": lambda key, called: called and url_for(f"{'promoters' if called.stands == HERE else 'promotions'}.show", uid=key),
    "deal": lambda key, called: called and url_for("deals.show", uuid=key),
    "import": lambda key, called: called and url_for("deal_imports.show", import_uuid=key),
    "payout": lambda key, called: called and url_for(f"{'payouts' if called.stands == HERE else 'rewards'}.show", uuid=key),
    "payout details": lambda key, called: url_for("rewards.details.show"),
    "token": lambda key, called: called and _of_token(int(key), called),
    "user": lambda key, called: url_for("account.team.index"),
    "invitation": lambda key, called: url_for("account.team.index"),
    "partner": lambda key, called: url_for("account.profile.show"),
    "terms": lambda key, called: url_for("account.terms.version", number=int(key)),
}  # fmt: skip


def place_of(thing: str, key: str, called: Called | None) -> str | None:
    """The address of a thing's page, or None."""
    place = _PLACES[thing](key, called) if thing in _PLACES else None
    return str(place) if place else None


def _of_token(key: int, called: Called) -> str | None:
    if not g.partner.may_own:
        return None
    return (
        url_for("developers.tokens", show="revoked")
        if called.stands == GONE
        else url_for("developers.edit_token", token_id=key)
    )


def _details(data: dict) -> str:
    """What more is kept of an event, in words; ids are left out."""
    said = []
    if data.get("fields"):
        said.append(", ".join(name.replace("_", " ") for name in data["fields"]))
    if "role" in data:
        said.append(f"as {data['role']}")
    if isinstance(data.get("from"), str):
        said.append(f"from {data['from']} to {data['to']}")
    if "code" in data:
        said.append(str(data["code"]))
    if "percent" in data:
        said.append(f"{data['percent'] / 100:g}%")
    if "deals" in data:
        said.append(f"{data['deals']:,} deals")
    if "seconds" in data:
        said.append(f"by {formats.duration(data['seconds'])}")
    return " · ".join(said)
