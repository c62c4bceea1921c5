"""What pages show again and again, drawn once: templates that depend on nothing, rows that did not change, addresses."""

from collections.abc import Callable, Hashable
from functools import cache, lru_cache

from flask import Flask, current_app, url_for
from jinja2 import pass_environment
from markupsafe import Markup

from portal.web import answers


@lru_cache(maxsize=4096)
def drawn_once(thing: Hashable, macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    """What a macro draws of a thing and some arguments, which are all that it draws from; the latest are kept."""
    return macro(thing, *arguments)


@pass_environment
@lru_cache(maxsize=64)
def still(environment, name: str) -> Markup:
    """A template that looks the same on every page, drawn once."""
    return Markup(environment.get_template(name).render())  # noqa: S704 - our own template


@cache
def address(endpoint: str) -> str:
    """The address of a page that needs nothing else to be named. It is kept, so the request that asks has no say in it."""
    return current_app.url_map.bind("").build(endpoint)


def _url_for(endpoint: str, **values) -> str:
    return url_for(endpoint, **values) if values else address(endpoint)


def install(app: Flask) -> None:
    """Give these to the templates."""
    app.jinja_env.filters["drawn_once"] = drawn_once
    app.jinja_env.globals.update(still=still, url_for=_url_for, is_fragment=answers.is_fragment)
