"""The menu, drawn of the places, and what every page's layout reads."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flask import Flask, current_app, g, request
from markupsafe import Markup

from portal import languages
from portal.domain.accounts.roles import MAY_OWN
from portal.routing import Area
from portal.web.addresses import here
from portal.web.drawing import address
from portal.web.places import AT_FOOT, EVERYBODY, SETTINGS, Group, Place


class Line(NamedTuple):
    """A line of the menu: a place, or a group by its first place with the places beneath it while it is open."""

    label: str
    icon: str
    first: Place
    beneath: tuple[Place, ...]


class Drawn(NamedTuple):
    """What the layout shows of the places. In parts where the number of what waits goes between."""

    menu: tuple[Markup, ...] = ()
    bar: tuple[Markup, ...] = ()  # at the bottom of a phone
    settings: Markup = Markup()
    tabs: Markup = Markup()  # of the settings, while one of them is shown
    off: Group | None = None  # the area of the place that is shown, while it is switched off
    places: tuple[Place, ...] = ()  # all that are seen


_COUNT = "\0"  # Where the number of what waits goes into what is drawn.
_NOTHING = Drawn()


class Menu:
    """The places of the areas, in their order. What it draws is drawn once: it stands on every page."""

    def __init__(self, areas: Sequence[Area]):
        self.places = [place for area in areas for place in area.places]
        self.areas = list(dict.fromkeys(place.group for place in self.places if place.group and place.group.area))
        self.count_waiting = next(place.waiting for place in self.places if place.waiting)
        self.drawn_for = lru_cache(2048)(self._drawn_for)

    def of(self, person, acting) -> Drawn:
        """The menu of whoever is signed in; nothing for strangers."""
        if not person:
            return _NOTHING
        role, on = (acting.role, acting.switched_on) if _works(acting) else (None, frozenset())
        is_company = acting is not None and acting.parent_id is not None
        return self.drawn_for(languages.spoken(), role, person.is_operator, is_company, on, _here(self.places))

    def _drawn_for(
        self,
        language: str,
        role: str | None,
        is_operator: bool,
        is_company: bool,
        on: frozenset[str],
        here: Place | None,
    ) -> Drawn:
        seen = self._seen(role, is_operator, is_company, on)
        settings = [place for place in seen if place.group is SETTINGS]
        foot = [place for place in seen if place.group is AT_FOOT]
        lines = _lines([place for place in seen if place.group not in (SETTINGS, AT_FOOT)], here)
        present = next((line for line in lines if line.beneath), None)
        is_settings = here is not None and here.group is SETTINGS
        return Drawn(
            _in_parts("_menu.html", lines=lines, here=here, adds=role in MAY_OWN and not self._all_on(on)),
            _in_parts(
                "_bar.html", lines=[line for line in lines if _is_quick(line)], present=present, here=here, foot=foot
            ),
            _draw("_settings_line.html", foot=foot, first=settings[0], is_here=is_settings),
            _draw("_settings_tabs.html", places=_of_whom(settings), here=here) if is_settings else Markup(),
            self._switched_off(role, on, here),
            tuple(seen),
        )

    def _seen(self, role: str | None, is_operator: bool, is_company: bool, on: frozenset[str]) -> list[Place]:
        theirs = [place for place in self.places if place.of_companies in (None, is_company)]
        return [place for place in theirs if place.is_seen_by(role, is_operator) and self._is_on(place, on)]

    def _switched_off(self, role: str | None, on: frozenset[str], here: Place | None) -> Group | None:
        """The area without which the place that is shown is not there for the partner."""
        if here is None or role is None or self._is_on(here, on):
            return None
        return self._areas_of(here)[0]

    def _areas_of(self, place: Place) -> list[Group]:
        """The areas that have the place: any of them brings it."""
        return [area for area in self.areas if area is place.group or place.endpoint in area.also]

    def _is_on(self, place: Place, on: frozenset[str]) -> bool:
        having = self._areas_of(place)
        return not having or any(area.area in on for area in having)

    def _all_on(self, on: frozenset[str]) -> bool:
        return all(area.area in on for area in self.areas)


def install(app: Flask, areas: Sequence[Area]) -> None:
    """Give templates what the layout reads."""
    menu = app.extensions["menu"] = Menu(areas)
    app.extensions["areas"] = menu.areas
    app.context_processor(lambda: _layout(menu, g.get("person"), g.get("partner")))


def _layout(menu: Menu, person, acting) -> dict:
    return {
        "person": person,
        "acting": acting,
        "menu": menu.of(person, acting),
        "count_waiting": menu.count_waiting,
        "other_partners": person.other_partners if person else [],
        "shown_address": _shown_address,
        "is_demo": current_app.config["SETTINGS"].demo,
    }


def _shown_address() -> str:
    """Where the page that is shown can be opened again: an answer to a form where the form stands, or at the start where it
    has no page of its own."""
    is_opened = request.method == "GET" or current_app.create_url_adapter(request).test(method="GET")  # type: ignore[union-attr]
    return here() if is_opened else "/"


def places_seen() -> tuple[Place, ...]:
    """The places of whoever asks."""
    return current_app.extensions["menu"].of(g.person, g.partner).places


def working_role() -> str | None:
    """The role of whoever asks for the partner that they act for; None without one, and where the operator keeps it out."""
    return g.partner.role if _works(g.partner) else None


def _works(acting) -> bool:
    """Whether one acts for a partner whom the operator has not kept out."""
    return acting is not None and acting.disabled_at is None


def _here(places: list[Place]) -> Place | None:
    """The entry that the shown address belongs to."""
    path = request.path
    return next((one for one in places if (path == "/" and not one.begins) or path.startswith(one.begins)), None)


def _lines(places: Iterable[Place], here: Place | None) -> list[Line]:
    """One group is open: that of the place that is shown, else the first."""
    grouped = [(group, tuple(entries)) for group, entries in groupby(places, attrgetter("group"))]
    first = next((group for group, _ in grouped if group), None)
    shown = here.group if here and here.group in [group for group, _ in grouped if group] else first
    return [line for group, entries in grouped for line in _lines_of(group, entries, group is shown)]


def _lines_of(group: Group | None, entries: tuple[Place, ...], is_open: bool) -> list[Line]:
    if group is None:
        return [Line(place.label, place.icon, place, ()) for place in entries]
    return [Line(group.label, group.icon, entries[0], entries if is_open else ())]


def _is_quick(line: Line) -> bool:
    """Whether the bar of a phone has it besides the present group: the start page, and what waits."""
    return not line.first.begins or line.first.waiting is not None


def _of_whom(settings: list[Place]) -> tuple[list[Place], list[Place]]:
    """Those of the partner, and those of the person."""
    own = [place for place in settings if place.seen_by is EVERYBODY]
    return [place for place in settings if place not in own], own


def _draw(template: str, **values) -> Markup:
    drawn = current_app.jinja_env.get_template(template).render(address=address, count=_COUNT, **values)
    return Markup(drawn)  # noqa: S704 - our own template


def _in_parts(template: str, **values) -> tuple[Markup, ...]:
    return tuple(Markup(part) for part in _draw(template, **values).split(_COUNT))  # noqa: S704 - our own template
