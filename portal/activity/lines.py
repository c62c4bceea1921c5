"""Events as lines of the page and of the file: the thing with its name and place, what more is known, and who did it."""

from collections.abc import Callable
from itertools import islice
from typing import Any, NamedTuple

from flask import current_app

from portal.domain.accounts.roles import ROLE_WORDS
from portal.domain.areas import Named
from portal.domain.events import history, things, timeline
from portal.domain.events.history import Filter, Logged
from portal.domain.events.log import SYSTEM
from portal.domain.events.types import FIELDS
from portal.domain.lists.key_pages import MOST, KeyPage
from portal.domain.sentences import counted, joined, say, shown
from portal.domain.typed import words
from portal.web import formats, thing_pages

MOST_PORTIONS = 8  # looked through at once
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

    def holds(self, text: str) -> bool:
        """Whether the words stand in what is read of it, or are its thing's id."""
        read = (self.event.sentence, self.name, self.details, self.actor, self.event.thing_id)
        return words.stand_in(text, " ".join(shown(part) for part in read if part))


def of(partner_id: int, rows: list[Logged]) -> list[Line]:
    """The events in words, in a fixed number of queries."""
    called = things.called(partner_id, {(row.thing, row.thing_id) for row in rows})
    named = timeline.names({row.actor for row in rows})
    return [_line(row, called.get((row.thing, row.thing_id)), named) for row in rows]


def found(partner_id: int, chosen: Filter, text: str, before: int | None = None) -> tuple[list[Line], KeyPage]:
    """The lines in which the words stand, fifty at most, and from where on to look for older ones: so many are read at once."""
    lines, place = [], None
    for portion in islice(history.each(partner_id, chosen, before), MOST_PORTIONS):
        for line in of(partner_id, portion):
            lines += [line] if line.holds(text) else []
            if len(lines) == MOST:
                return lines, KeyPage([], None, line.event.position)
        place = portion[-1].position if len(portion) == history.AT_ONCE else None
    return lines, KeyPage([], None, place)


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
    said = [told(data[name]) for name, told in _WORDS.items() if name in data]
    if isinstance(data.get("from"), str) and "to" in data:  # Other events have sums there, or ids.
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
