"""What people write into addresses: no page breaks, whatever number or letter stands where an id belongs."""

from itertools import product

import pytest
import requests
from werkzeug.datastructures import ImmutableMultiDict

from portal.routing import OPERATOR_KIND
from portal.web import drawing
from tests.support import things
from tests.test_route_matrix import PARAMETER, address, browser_of, carrying, may, routes_of, send

# Of a place before and one after the page takes the second, so each is asked for by itself; words narrow one of the two.
ARGUMENTS = (
    "after={0}&deal={1}&newest={0}&since={1}&days={0}&number={1}",
    "before={0}&deal={0}&which=page&show={1}&q={0}",
)
KNOWN = {one.partition("=")[0] for text in ARGUMENTS for one in text.split("&")}
HOSTILE = [(str(2**63), "9" * 30), ("-" + "9" * 30, "-1")]


@pytest.mark.parametrize("values", HOSTILE, ids=["too large", "too small"])
def test_no_page_breaks_over_an_id_that_none_can_have(app, world, monkeypatch, values):
    refuse_to_break(app, world, monkeypatch, values)


@pytest.mark.engine("sqlite")  # What is no number comes to no engine.
def test_no_page_breaks_over_what_is_no_number(app, world, monkeypatch):
    refuse_to_break(app, world, monkeypatch, ("²", "0"))


@pytest.mark.parametrize("hostile", [2**63, "9" * 5000, "a%00b"], ids=["too large", "endless", "with a NUL"])
def test_nothing_breaks_over_what_stands_in_its_path(app, client, world, hostile):
    own, owner, operator = things.of(world.acme), world.as_("acme"), world.as_("operator")
    broken = []
    for route in app.extensions["routes"]:
        visitor = operator if route.access.kind == OPERATOR_KIND else owner
        for place in {_with(hostile, route, own, parameter) for _, parameter in PARAMETER.findall(route.path)}:
            for method in route.methods:
                answer = _called(client, world, route, method, place) if route.is_api else send(visitor, method, place)
                broken += [(route.path, method)] if answer.status_code >= 500 else []
                answer.close()
    assert broken == []


def _called(client, world, route, method, place):
    return client.open(place, method=method, headers=carrying(route, world.acme.token), json=route.example or {})


def _with(hostile, route, own, parameter) -> str:
    """The address of things that are there, but for one."""
    return address(route, lambda route, name: hostile if name == parameter else own.named(route, name))


class Heard(ImmutableMultiDict):
    """What an address carries; which names of it the portal asked for."""

    names: set[str] = set()

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)

    def getlist(self, name, type=None):
        self.names.add(name)
        return super().getlist(name, type)

    def lists(self):
        self.names.update(KNOWN)
        return super().lists()


_asked: dict[str, frozenset[str]] = {}  # By each page, as it was heard when it was opened first.


def asked_by(owner, route, place) -> frozenset[str]:
    if route.endpoint not in _asked:
        Heard.names.clear()
        owner.get(place).close()
        _asked[route.endpoint] = frozenset(Heard.names)
    return _asked[route.endpoint]


def refuse_to_break(app, world, monkeypatch, values):
    """Each page that asks its address for anything, with these values in it."""
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Heard)
    own, owner, tried = things.of(world.acme), world.as_("acme"), set()
    broken = []
    for route in routes_of(app, is_api=False):
        if "GET" not in route.methods:
            continue
        place = address(route, own.named)
        asked = asked_by(owner, route, place)
        others = "".join(f"&{name}={values[0]}" for name in sorted(asked - KNOWN))
        for arguments in (text.format(*values) for text in ARGUMENTS):
            if others or asked & {one.partition("=")[0] for one in arguments.split("&")}:
                answer = owner.get(f"{place}?{arguments}{others}")
                broken += [answer.request.full_path] if answer.status_code >= 500 else []
                answer.close()  # Files are read to their end, or let go.
                tried.add(route.endpoint)
    assert not broken and {"deals.index", "cards.index", "catalogs.index"} <= tried, broken


@pytest.fixture
def begin():
    return things.begin


def test_an_id_that_none_can_have_asks_for_the_first_page(world):
    things.of(world.acme)
    assert "order-1" in world.as_("acme").get(f"/deals?before={2**63}").text


def test_the_first_who_asks_has_no_say_in_the_addresses_that_others_are_shown(app, world):
    drawing.address.cache_clear()
    elsewhere = {"SCRIPT_NAME": "//elsewhere.example", "HTTP_HOST": "elsewhere.example"}
    assert world.anonymous().get("/sign-in", environ_overrides=elsewhere).status_code == 200
    page = world.anonymous().get("/sign-in").text
    assert 'action="/sign-in"' in page and "elsewhere.example" not in page


def test_no_header_says_under_which_path_the_portal_stands(server):
    headers = {"SCRIPT_NAME": "/sign-in", "PATH_INFO": "/livez"}
    assert requests.get(f"{server.url}/sign-in/livez", headers=headers, timeout=60).status_code == 404
    assert 'action="/sign-in"' in requests.get(f"{server.url}/sign-in", headers=headers, timeout=60).text


# What clients and proxies say of themselves; how each is read is told by a value that is not of its kind.
HEADERS = (
    "Accept", "Accept-Language", "Accept-Encoding", "User-Agent", "Referer", "Origin", "If-None-Match", "If-Match", "If-Modified-Since",
    "If-Unmodified-Since", "If-Range", "Range", "Sec-Fetch-Site", "Sec-Fetch-Dest", "Sec-Purpose", "HX-Request", "HX-Trigger",
    "HX-Target", "HX-Current-URL", "Idempotency-Key", "X-Request-Id", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
    "Content-Type", "Access-Control-Request-Method", "Access-Control-Request-Headers", "Reservation-Secret",
    "X-Product-Name", "X-User-Agent",
)  # fmt: skip
ODD = (
    "", " ", "x" * 7000, "".join(map(chr, range(0x80, 0x100))), "\xed\xa0\x80", '"unclosed', 'W/"a","b', "*", ",;,=", "-1", "9" * 400,
    "1e999", "Fri, 31 Dec 99999 23:59:59 GMT", "Thu, 01 Jan 0001 00:00:00 GMT", "en;q=9e99,de;q=-1,*;q=nan", "bytes=-1,9999999999999999999-",
    "http://[::1", "null", "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=\xff",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("who", ["owner", "operator", "member", "nobody"])
def test_nothing_breaks_over_what_its_headers_say(app, world, who):
    own, visitor, broken, tried = things.of(world.acme), browser_of(world, who), [], set()
    for route in app.extensions["routes"]:
        if not (who == "owner" if route.is_api else may(who, route)):
            continue
        place, example = address(route, own.named), {"json": route.example or {}} if route.is_api else {}
        base, token = app.config["SETTINGS"].public_url, carrying(route, world.acme.token) if route.is_api else {}
        methods = sorted(route.methods) if route.is_api else ["GET"]
        for turn, method in product(range(len(ODD)), methods):
            said = {name: ODD[(turn + n) % len(ODD)] for n, name in enumerate(HEADERS)} | token
            answer = visitor.client.open(place, method=method, headers=said, base_url=base, **example)
            broken += [(route.path, method, turn)] if answer.status_code >= 500 else []
            answer.close()
            tried.add(route.endpoint)
    assert tried and broken == []
