"""Where the things that a search finds and that events tell of have their pages. Each area brings its own."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from flask import Flask, current_app

from portal.domain.areas import HERE, Named, joined
from portal.domain.search.sources import Hit
from portal.domain.sentences import Sentence
from portal.routing import Area


class HitPage(NamedTuple):
    """A kind of hit in a word, its icon, and the address of a hit for whoever acts. Without its area it is not found."""

    word: str
    icon: str
    url: Callable[[Hit], str]
    area: str | None = None


class ThingPage(NamedTuple):
    """The address of a thing of an event for whoever may open it, by its id and its name, and how the name is said."""

    url: Callable[[str, Named | None], str | None]
    title: Sentence | None = None  # it names the name


def install(app: Flask, areas: Sequence[Area]) -> None:
    """Keep the areas' pages with the app. Raises ValueError when two areas bring the same kind."""
    app.extensions["hit_pages"] = joined(area.hits for area in areas)
    app.extensions["thing_pages"] = joined(area.things for area in areas)


def of_hit(kind: str) -> HitPage:
    """The page of a kind of hit."""
    return current_app.extensions["hit_pages"][kind]


def of_thing(kind: str) -> ThingPage | None:
    """The page of a kind of thing, if it has one."""
    return current_app.extensions["thing_pages"].get(kind)


def link(kind: str, key: str, name: str) -> str | None:
    """The address of a thing that the partner has, if its kind has pages."""
    page = of_thing(kind)
    return page and page.url(key, Named(key, name, HERE))
