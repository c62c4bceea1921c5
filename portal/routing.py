"""What a route is: path, verb, who may use it and, for JSON, its schemas and examples.

Features list their routes in tables; this module gathers and registers them, each behind its guard. The API's
description and the access tests are made from the same tables, so that a route outside them does not exist.
"""

from dataclasses import dataclass

from flask import Flask

PUBLIC_KIND, SIGNED_IN_KIND, OPERATOR_KIND, ROLE_KIND, PERMIT_KIND = "public", "signed in", "operator", "role", "permit"
SIGNED_LINK_KIND = "signed link"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route: everybody, whoever signed in, some roles, the operator, a token with one of the permits.

    Or whoever holds a signed link, from wherever they send a form: it says what it does, and nothing else lets it.
    """

    kind: str
    names: frozenset = frozenset()

    @property
    def needs_token(self) -> bool:
        """Whether a client token is asked for."""
        return self.kind == PERMIT_KIND

    def allows(self, held) -> bool:
        """Whether one who holds these roles or permits may."""
        return not self.names.isdisjoint(held)

    def named(self) -> str:
        """The roles or permits, for a sentence."""
        return " or ".join(sorted(self.names))


PUBLIC = Access(PUBLIC_KIND)
SIGNED_IN = Access(SIGNED_IN_KIND)
SIGNED_LINK = Access(SIGNED_LINK_KIND)
OPERATOR = Access(OPERATOR_KIND)


def roles(allowed) -> Access:
    """Signed in, with one of the roles for the acting partner."""
    return Access(ROLE_KIND, frozenset(allowed))


def permit(name: str) -> Access:
    """A client token with the permit."""
    return Access(PERMIT_KIND, frozenset({name}))


@dataclass(frozen=True)
class Route:
    """One line of a feature's table."""

    methods: tuple[str, ...]
    path: str
    view: object
    access: Access
    is_api: bool = False
    summary: str = ""
    family: str = ""
    status: int = 200
    query: type | None = None
    body: type | None = None
    body_is_optional: bool = False
    answer: object = None
    example: object = None
    answer_example: object = None

    @property
    def endpoint(self) -> str:
        """Flask's name of the route: the feature's folder and the view's name, such as `catalogs.edit`."""
        *_, feature, room = self.view.__module__.split(".")
        return f"{feature}.{self.view.__name__}" if room == "pages" else f"{feature}.{room}.{self.view.__name__}"


def page(methods: str, path: str, view, access: Access) -> Route:
    """An HTML page or fragment. `methods` are separated by spaces."""
    return Route(tuple(methods.split()), path, view, access)


def api(methods: str, path: str, view, access: Access, summary: str, **described) -> Route:
    """A JSON endpoint; `described` are its family, status, query, body, answer and examples."""
    return Route(tuple(methods.split()), path, view, access, is_api=True, summary=summary, **described)


def register(app: Flask, tables: list[list[Route]], guard_page, guard_api) -> None:
    """Register every route behind its guard, and keep the tables with the app."""
    routes = [route for table in tables for route in table]
    app.extensions["routes"] = routes
    app.url_map.merge_slashes = False
    for route in routes:
        view = guard_api(route) if route.is_api else guard_page(route)
        for path in _spellings(route):
            app.add_url_rule(path, route.endpoint, view, methods=route.methods, strict_slashes=False)


def _spellings(route: Route) -> tuple[str, ...]:
    """The API's paths end with a slash or not, each a rule of its own, so that a wrong verb is a 405 with Allow on both."""
    return (f"{route.path}/", route.path) if route.is_api and not route.path.endswith(".json") else (route.path,)
