"""Events as lines of the page and of the file: the thing with its name and place, what more is known, and who did it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import current_app

from portal.domain.accounts.roles import ROLE_WORDS
from portal.domain.areas import Named
from portal.domain.events import things, timeline
from portal.domain.events.history import Logged
from portal.domain.events.log import SYSTEM
from portal.domain.events.types import FIELDS
from portal.domain.sentences import counted, joined, say
from portal.web import formats, thing_pages

PORTAL = say("The portal itself")
_UNNAMED = {SYSTEM: PORTAL, "nobody": say("Somebody not signed in")}
_SOURCES = {
    "user": say("person"), "token": say("token"), "nobody": say("not signed in"), "partner": say("partner"),
}  # fmt: skip
_THE_PORTAL = say("portal")


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


def _line(row: Logged, called: Named | None, named: dict[str, str]) -> Line:
    kind = row.actor.partition(":")[0]
    unknown = _UNNAMED.get(row.actor, say("Somebody who is gone"))
    return Line(
        row, called and _title(row.thing, called.name), place_of(row.thing, row.thing_id, called), _details(row.details),
        named.get(row.actor, unknown), _SOURCES.get(kind, _THE_PORTAL),
    )  # fmt: skip


def place_of(thing: str, key: str, named: Named | None) -> str | None:
    """The address of a thing's page for whoever acts, or None."""
    page = thing_pages.of_thing(thing)
    return page.url(key, named) if page else None


def _title(thing: str, name: str) -> str:
    page = thing_pages.of_thing(thing)
    return page.title.format(name=name) if page and page.title else name


def _details(data: dict) -> str:
    """What more is kept of an event, in words; ids are left out."""
    said = [words(data[name]) for name, words in _WORDS.items() if name in data]
    if isinstance(data.get("from"), str):  # Other events have sums there.
        said.append(say("from {before} to {after}", before=_role(data["from"]), after=_role(data["to"])))
    return joined(filter(None, said), " · ")


def _role(name: str) -> str:
    return ROLE_WORDS.get(name, name)


def _field(name: str) -> str:
    """What a field is called; one that there is no more keeps its name."""
    return FIELDS.get(name, name)


def _area(name: str) -> str:
    """What the menu calls the area; one that there is no more keeps its name."""
    return next((area.label for area in current_app.extensions["areas"] if area.area == name), name)


_WORDS: dict[str, Callable[[Any], str]] = {
    "fields": lambda names: joined(map(_field, names), ", "),
    "areas": lambda names: joined(map(_area, names), ", ") or say("none"),
    "role": lambda role: say("as {role}", role=_role(role)),
    "code": str,
    "percent": formats.share,
    "deals": lambda count: counted(count, "1 deal", "{number} deals"),
    "seconds": lambda seconds: say("by {length}", length=formats.duration(seconds)),
}
