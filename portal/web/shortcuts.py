"""Pages and acts as the search finds them: by their names and by other words that people type for them.

Each area brings its own beside its routes. Who finds one is who may open it: the access of its route says so, and a page under a
place of the menu is found by those who see the place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask import Flask, current_app

from portal import languages
from portal.domain.areas import joined
from portal.domain.sentences import say, shown
from portal.domain.typed.texts import visible
from portal.letters import alike
from portal.routing import OPERATOR_KIND, ROLE_KIND, Access, Area
from portal.web.drawing import address
from portal.web.places import Place


@dataclass(frozen=True)
class Shortcut:
    """A page, or an act: its name, its icon, the page that it opens, and what people call it besides.

    Without a page it sends a form of the layout, by its id; or it is for a script alone, which knows it by an attribute.
    """

    label: str
    icon: str
    endpoint: str | None = None
    words: str = ""
    is_act: bool = False
    form: str = ""
    script: str = ""
    access: Access | None = None  # where no page says it


class Look(NamedTuple):
    """A list that looks for a text itself: what it is called with the text, its page, and the kinds of hits after which it is
    offered; without kinds it always is."""

    label: str
    icon: str
    endpoint: str
    after: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A shortcut in the reader's language, with its address; `group` is where it stands."""

    name: str
    icon: str
    url: str
    group: str
    is_act: bool
    shortcut: Shortcut


class _Known(NamedTuple):
    found: Found
    called: str  # the words of its name, each after a space
    besides: str


class Shortcuts:
    """All of the areas' shortcuts. What somebody may open is put together once."""

    def __init__(self, areas: Sequence[Area], access: Mapping[str, Access]):
        self.places = [place for area in areas for place in area.places]
        self.words = joined(area.other_words for area in areas)
        self.others = [shortcut for area in areas for shortcut in area.shortcuts]
        self.looks = [look for area in areas for look in area.looks]
        self.access = access
        self.of, self.looked = lru_cache(256)(self._of), lru_cache(256)(self._looked)

    def _of(self, language: str, role: str | None, is_operator: bool, places: tuple[Place, ...]) -> tuple[_Known, ...]:
        """Those that are found by whoever sees these places, in a language."""
        entries: list[tuple[Shortcut, Place | None]] = [(self._of_place(place), place) for place in places]
        for shortcut in self.others:
            place = self._above(shortcut.endpoint)
            if (place is None or place in places) and self._may(shortcut, role, is_operator):
                entries.append((shortcut, place))
        return tuple(_known(shortcut, place) for shortcut, place in entries)

    def _looked(self, role: str | None, is_operator: bool, places: tuple[Place, ...]) -> list[Look]:
        """The lists that look for texts, of those that these places lead to."""
        return [
            look
            for look in self.looks
            if self._above(look.endpoint) in places and _allows(self.access[look.endpoint], role, is_operator)
        ]

    def _of_place(self, place: Place) -> Shortcut:
        return Shortcut(place.label, place.icon, place.endpoint, self.words.get(place.endpoint, ""))

    def _above(self, endpoint: str | None) -> Place | None:
        """The place of the menu that a page stands under."""
        path = address(endpoint) if endpoint else ""
        return next((place for place in self.places if place.begins and path.startswith(place.begins)), None)

    def _may(self, shortcut: Shortcut, role: str | None, is_operator: bool) -> bool:
        access = self.access[shortcut.endpoint] if shortcut.endpoint else shortcut.access
        return access is None or _allows(access, role, is_operator)


def install(app: Flask, areas: Sequence[Area]) -> None:
    """Keep the areas' shortcuts with the app, once its routes are registered."""
    access = {route.endpoint: route.access for route in app.extensions["routes"] if not route.is_api}
    app.extensions["shortcuts"] = Shortcuts(areas, access)


def all_of(role: str | None, is_operator: bool, places: tuple[Place, ...]) -> list[Found]:
    """Every page and act of whoever sees these places, in their order."""
    return [known.found for known in _all(role, is_operator, places)]


def find(text: str, role: str | None, is_operator: bool, places: tuple[Place, ...]) -> list[Found]:
    """Those of which words begin with each of the typed ones: first by their names, then by what people call them besides."""
    typed = [f" {word}" for word in _words(text).split()]
    if not typed:
        return []
    every = _all(role, is_operator, places)
    for word in typed:
        every = tuple(known for known in every if word in known.called or word in known.besides)
    return [known.found for known in sorted(every, key=lambda known: any(word not in known.called for word in typed))]


def looks(role: str | None, is_operator: bool, places: tuple[Place, ...], kinds: set[str]) -> list[Look]:
    """The lists that are offered besides hits of these kinds."""
    offered: Iterable[Look] = current_app.extensions["shortcuts"].looked(role, is_operator, places)
    return [look for look in offered if not look.after or look.after & kinds]


def _all(role: str | None, is_operator: bool, places: tuple[Place, ...]) -> tuple[_Known, ...]:
    return current_app.extensions["shortcuts"].of(languages.spoken(), role, is_operator, places)


def _allows(access: Access, role: str | None, is_operator: bool) -> bool:
    if access.kind == ROLE_KIND:
        return role in access.names
    return is_operator or access.kind != OPERATOR_KIND


def _known(shortcut: Shortcut, place: Place | None) -> _Known:
    name = shown(shortcut.label)
    group = shown(place.group.label) if place and place.group else ""
    kind = say("Act") if shortcut.is_act else say("Page")
    found = Found(
        name, shortcut.icon, address(shortcut.endpoint) if shortcut.endpoint else "", group or shown(kind),
        shortcut.is_act, shortcut,
    )  # fmt: skip
    # What is English in the code is found in every language.
    return _Known(
        found, _words(f"{name} {shortcut.label}"), _words(f"{group} {shown(shortcut.words)} {shortcut.words}")
    )


def _words(text: str) -> str:
    return " " + alike(visible(text)).replace("-", " ")
