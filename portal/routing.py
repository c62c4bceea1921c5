"""What a route is: path, verb, who may use it and, for JSON, its schemas and examples.

Features list their routes in tables; `portal/families.py` joins them, and this module registers them, each behind its
guard. The API's description and the access tests are made from the same tables, so that no route exists outside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask, Request
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.wsgi import get_host

PUBLIC_KIND, SIGNED_IN_KIND, OPERATOR_KIND, ROLE_KIND, PERMIT_KIND = "public", "signed in", "operator", "role", "permit"
SIGNED_LINK_KIND = "signed link"
CLUB_KIND, MEMBER_KIND = "club", "member"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route: everybody, whoever signed in, some roles, the operator, a token with one of the permits.

    Or everybody at a club's address, a member signed in there. Or whoever holds a signed link, from wherever they send a form: it says what it does, and nothing else lets it.
    The kind names the guards of a page (`portal/web/guards.py`), or the admission of a JSON request
    (`portal/api/admission.py`); a family brings those that it alone has.
    """

    kind: str
    names: frozenset = frozenset()

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
CLUB = Access(CLUB_KIND)  # the address names the club by its partner's slug
MEMBER = Access(MEMBER_KIND)


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
    view: Any
    access: Access
    is_api: bool = False
    summary: str = ""
    operation: str = ""  # what clients made from the description call it, such as `list_catalogs`
    status: int = 200
    refuses: tuple[int, ...] = ()  # statuses beyond those that its path, its verb and its access lead to
    hides_missing: bool = False  # a thing that is missing is refused as one that is out of reach: no 404
    query: type | None = None
    body: type | None = None
    body_is_optional: bool = False
    body_may_be_form: bool = False  # as browsers send forms, besides JSON
    body_may_be_wrapped: bool = False  # it stands flat, or under `data.attributes`
    is_tagged: bool = False  # its answer has an ETag, and is a 304 for who has it already
    is_cross_origin: bool = False  # scripts of partners' web pages may ask it
    open_to_scripts: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # where its path has one of these alone
    answer: Any = None
    example: object = None
    answer_example: object = None
    media_type: str = "application/json"  # of what it answers
    errors: Any = None  # the shape of its refusals (api.families.ErrorShape) where it is not its family's
    family: Any = None  # the wire family (api.families.WireFamily) that its table belongs to; set when it is registered

    @property
    def endpoint(self) -> str:
        """Flask's name of the route: the feature's folder and the view's name, such as `catalogs.edit`."""
        *_, feature, room = self.view.__module__.split(".")
        return f"{feature}.{self.view.__name__}" if room == "pages" else f"{feature}.{room}.{self.view.__name__}"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its addresses. Those of the API end with a slash or not, each a rule of its own, so that a wrong verb is a 405
        with Allow on both; the first is the one that is described."""
        return (f"{self.path}/", self.path) if self.is_api and not self.path.endswith(".json") else (self.path,)


def page(methods: str, path: str, view, access: Access) -> Route:
    """An HTML page or fragment. `methods` are separated by spaces."""
    return Route(tuple(methods.split()), path, view, access)


def api(methods: str, path: str, view, access: Access, summary: str, **described) -> Route:
    """A JSON endpoint; `described` are its status, query, body, answer, examples and what else it refuses."""
    return Route(tuple(methods.split()), path, view, access, is_api=True, summary=summary, **described)


@dataclass(frozen=True)
class Area:
    """A part of the portal: the tables of its features, its entries of the menu, its wire family if it speaks JSON."""

    tables: tuple[list[Route], ...]
    places: tuple = ()  # web.places.Place
    wire: Any = None  # api.families.WireFamily
    hits: Mapping = field(default_factory=dict)  # web.thing_pages.HitPage, by kind of hit
    things: Mapping = field(default_factory=dict)  # web.thing_pages.ThingPage, by kind of thing
    shortcuts: tuple = ()  # web.shortcuts.Shortcut: pages outside of the menu, and acts, as the search finds them
    other_words: Mapping = field(default_factory=dict)  # what people call the pages of the menu besides, by endpoint
    looks: tuple = ()  # web.shortcuts.Look: lists that look for a text themselves
    guards: dict = field(default_factory=dict)  # by kind of access, for kinds that it alone has
    waits: Any = None  # what waits for whoever acts, as web.waits shows it
    settles: Any = None  # what it settles for a partner before a page shows it: a moment that has passed decides
    first_steps: Any = None  # what leads a newcomer to its first result, for the start page
    checklist: Any = None  # the same of an area of its own: a title and its steps, None where nothing is to be done
    team: Any = None  # a column of its own on the page of the team, as web.teams says
    face: Any = None  # how an offer looks where it shows it, as web.offer_faces says
    missing: Mapping = field(default_factory=dict)  # by kind of access: what its pages answer where there is nothing
    club: Any = None  # what it shows on the start page of a partner's club, as web.clubs says
    customer: Any = None  # what it shows on the page of a customer, as web.customer_parts says
    counter: Any = None  # what it does at the counter beside a card, as web.counter_parts says

    @property
    def routes(self) -> list[Route]:
        """Its routes, each knowing its family. Raises ValueError for JSON outside the family's prefix: the error shape and the
        credentials of an address would be another family's."""
        routes = [replace(route, family=self.wire) for table in self.tables for route in table]
        stray = next((route for route in routes if route.is_api and not route.path.startswith(self.wire.prefix)), None)
        if stray:
            raise ValueError(f"{stray.path} is not under {self.wire.prefix}, where its family stands")
        return routes


class _Rule(Rule):
    """A route that compiles what writes its address when it is first written: of all routes at once, that is most of a start."""

    def _compile_builder(self, append_unknown=True):
        compiled = super()._compile_builder

        def first(rule, **values):
            build = compiled(append_unknown).__get__(rule)
            setattr(rule, "_build_unknown" if append_unknown else "_build", build)
            return build(**values)

        return first


_ADDRESS = ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")


def adapter(url_map: Map, request: Request) -> MapAdapter:
    """What finds the request's route, and writes addresses: as Flask makes it where no name of a server is set, which asks for the
    host twice, and for each part of an address by itself."""
    environ = request.environ
    if "HTTP_UPGRADE" in environ:  # Nothing here is a web socket; Werkzeug has its own answer to who asks for one.
        return url_map.bind_to_environ(environ, subdomain="")
    root, path, query = (environ.get(name, "").encode("latin1").decode(errors="replace") for name in _ADDRESS)
    request.host = get_host(environ)
    return url_map.bind(request.host, root, "", environ["wsgi.url_scheme"], environ["REQUEST_METHOD"], path, query)


# What areas bring to pages of others, as the app keeps it, and what they call it.
_PARTS = {
    "settles": "settles", "waits": "waits", "team_columns": "team", "clubs": "club", "checklists": "checklist",
    "customer_parts": "customer", "offer_faces": "face", "counter_parts": "counter",
}  # fmt: skip


def register(app: Flask, areas: Sequence[Area], guard_page, guard_api) -> None:
    """Register every route behind its guard, and keep the table of all with the app, in their order and by endpoint."""
    app.url_map.merge_slashes = False
    app.url_rule_class = _Rule
    routes = app.extensions["routes"] = []
    by_endpoint = app.extensions["route_of"] = {}
    app.extensions["missing"] = {kind: show for area in areas for kind, show in area.missing.items()}
    app.extensions["first_steps"] = next((area.first_steps for area in areas if area.first_steps), None)
    for kept, part in _PARTS.items():
        app.extensions[kept] = [brought for area in areas if (brought := getattr(area, part))]
    for area in areas:
        for route in area.routes:
            routes.append(route)
            by_endpoint[route.endpoint] = route
            view = guard_api(route) if route.is_api else guard_page(route, area.guards)
            for path in route.spellings:
                app.add_url_rule(path, route.endpoint, view, methods=route.methods, strict_slashes=False)
