"""The menu: its places, who sees them, and what every page's layout reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from flask import Flask, current_app, g, request
from markupsafe import Markup

from portal.domain.accounts.people import people
from portal.domain.accounts.roles import MAY_VIEW
from portal.routing import Area
from portal.web.assets import drawn_icon
from portal.web.drawing import address

OPERATORS = frozenset({"operator"})  # sees a place: whoever runs the installation


@dataclass(frozen=True)
class Place:
    """An entry of the navigation: the roles that see it, and the beginnings of the addresses that belong to it."""

    label: str
    endpoint: str
    icon: str
    group: str | None
    seen_by: frozenset
    begins: tuple[str, ...]
    waiting: Callable[[int], int] | None = None  # counts what waits there for the partner's decision

    def is_seen_by(self, role: str | None, is_operator: bool) -> bool:
        """Whether the role, or the operator whatever their role, has it in the menu."""
        return role in self.seen_by or (is_operator and self.seen_by is OPERATORS)


class PersonPlace(NamedTuple):
    """An entry of the menu under the person's name."""

    label: str
    endpoint: str
    icon: str


_COUNT = "\0"  # Where the number of those who wait goes into the drawn menu.


class Menu:
    """The places of the areas, in their order. What it draws is drawn once: it stands on every page."""

    def __init__(self, areas: Sequence[Area]):
        self.places = [place for area in areas for place in area.places]
        self.person_places = [place for area in areas for place in area.person_places]
        self.count_waiting = next(place.waiting for place in self.places if place.waiting)
        self.drawn_for, self.person_links = cache(self._drawn_for), cache(self._person_links)

    def of(self, person, acting) -> tuple[Markup, ...]:
        """The menu of whoever is signed in; nothing for strangers."""
        if not person:
            return ()
        role = acting.role if _works(acting) else None
        return self.drawn_for(role, person.is_operator, _here(self.places))

    def _drawn_for(self, role: str | None, is_operator: bool, here: str | None) -> tuple[Markup, ...]:
        return _drawn([place for place in self.places if place.is_seen_by(role, is_operator)], here)

    def _person_links(self) -> Markup:
        links = [(address(place.endpoint), drawn_icon(place.icon), place.label) for place in self.person_places]
        return Markup("").join(Markup('<a href="{}">{}{}</a>').format(*link) for link in links)


def install(app: Flask, areas: Sequence[Area]) -> None:
    """Give templates what the layout reads."""
    menu = Menu(areas)
    app.context_processor(lambda: _layout(menu, g.get("person"), g.get("partner")))


def _layout(menu: Menu, person, acting) -> dict:
    return {
        "person": person,
        "acting": acting,
        "menu": menu.of(person, acting),
        "count_waiting": partial(menu.count_waiting, acting.id) if acting else None,
        "searches": _works(acting) and acting.role in MAY_VIEW,
        "other_partners": _others(person, acting) if person else [],
        "person_links": menu.person_links() if person else "",
        "is_demo": current_app.config["SETTINGS"].demo,
    }


def _works(acting) -> bool:
    """Whether one acts for a partner whom the operator has not kept out."""
    return acting is not None and acting.disabled_at is None


def _here(places: list[Place]) -> str | None:
    """The entry that the shown address belongs to, by its endpoint."""
    path = request.path
    return next(
        (one.endpoint for one in places if (path == "/" and not one.begins) or path.startswith(one.begins)), None
    )


def _drawn(places: list[Place], here: str | None) -> tuple[Markup, ...]:
    """In two parts where the number of those who wait goes between."""
    template = current_app.jinja_env.get_template("_menu.html")
    groups = [(group, list(entries)) for group, entries in groupby(places, attrgetter("group"))]
    drawn = template.render(groups=groups, here=here, address=address, count=_COUNT)
    return tuple(Markup(part) for part in drawn.split(_COUNT))  # noqa: S704 - our own template


def _others(person, acting) -> list[people.Home]:
    """The other partners that the person belongs to. The test mode of the present one is a step of its own in the menu."""
    if acting is None:
        return []
    present = acting.live_partner_id or acting.id
    return [row for row in people.partners_of(person.user_id) if row.id != present]
