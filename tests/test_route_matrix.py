"""Every route as everybody: made from the routes' tables, so that a new route is tried without anybody remembering it."""

import re

import pytest

from portal.cards.counter.access import KIND as COUNTER_KIND
from portal.coupons.errors import LISTED
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.member_offers.oauth.guards import OF_APPS
from portal.routing import (
    CLUB_KIND,
    MEMBER_KIND,
    OPERATOR_KIND,
    PERMIT_KIND,
    PUBLIC_KIND,
    ROLE_KIND,
    SIGNED_IN_KIND,
    SIGNED_LINK_KIND,
)
from tests.support import club, things

OPEN = (PUBLIC_KIND, SIGNED_LINK_KIND, CLUB_KIND, OF_APPS.kind)
OF_ROLES = (ROLE_KIND, COUNTER_KIND)
PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
# What differs between two pages that say the same: the form's token, the address asked for, ids of requests.
PASSING = re.compile(
    rb'(name="csrf_token" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|next=[^"]*|name="next" value="[^"]*"|"id":"\w{15}"|"createdAt":"[^"]*")'
)

# Whose contract says 403 for a stranger's thing and for a missing one; all others say 404.
FORBIDDEN_ALIKE = {
    ("GET", "/api/coupons/<coupon_id>"),
    ("POST", "/api/reservations/<reservation_id>/coupon-usage"),
    ("GET", "/api/myadvertisers/<partner_id>/offers"),
}


@pytest.fixture
def begin(request):
    name = request.node.name
    return things.begin_strangers if "stranger" in name or "another_member" in name else things.begin


def routes_of(app, is_api):
    return [route for route in app.extensions["routes"] if route.is_api == is_api]


def address(route, chosen):
    return PARAMETER.sub(lambda match: str(chosen(route, match[2])), route.path)


def carrying(route, token):
    """The token where the route's family carries it."""
    return {route.family.headers[0]: token}


def plain(response):
    return response.status_code, PASSING.sub(b"", response.data)


def browser_of(world, who):
    """The browser of nobody, of a member of acme's club, of the operator, or of somebody in this role at acme."""
    others = {
        "nobody": world.anonymous,
        "member": lambda: club.signed_in(world, world.acme),
        "operator": lambda: world.as_(who),
    }
    return others[who]() if who in others else world.as_("acme", who)


def send(visitor, method, path):
    return visitor.get(path) if method == "GET" else visitor.post(path)


def sending(world, who, routes):
    """Each route by each of its methods, with the browser that sends it: the pages first, while all that there is stands as it
    was made. One browser opens them all, for a page changes nothing; what is sent may end a sign-in."""
    reader = browser_of(world, who)
    yield from ((reader, "GET", route) for route in routes if "GET" in route.methods)
    for route in routes:
        yield from ((browser_of(world, who), method, route) for method in route.methods if method != "GET")


def test_every_route_of_the_app_is_in_a_table(app):
    listed = {route.endpoint for route in app.extensions["routes"]}
    served = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert served - listed == {"static"}


def test_every_permit_that_a_route_asks_for_can_be_given(app):
    asked = {
        name for route in app.extensions["routes"] if route.access.kind == PERMIT_KIND for name in route.access.names
    }
    assert asked <= PERMITS.keys()


@pytest.mark.engine("sqlite")  # Whom a line names is asked before any engine is.
@pytest.mark.parametrize("who", ["nobody", "manager", "cashier", "viewer"])
def test_pages_let_in_whom_their_line_names(app, world, who):
    only_the_named_come_in(app, world, who)


@pytest.mark.engine("postgresql")
@pytest.mark.parametrize("who", ["owner", "operator", "member"])
def test_every_page_opens_with_something_in_it_to_whom_its_line_names(app, world, who):
    """Pages are mostly tried on SQLite alone, and these are all there is: here each is read, and each form sent, on the other engine."""
    only_the_named_come_in(app, world, who)


def only_the_named_come_in(app, world, who):
    own = things.of(world.acme)
    for visitor, method, route in sending(world, who, routes_of(app, is_api=False)):
        response = send(visitor, method, address(route, own.named))
        assert response.status_code < 500, (route.path, method)
        assert refused(response, who, route) == (not may(who, route)), (route.path, method, who, response.status_code)
        response.close()


def may(who, route):
    kind = route.access.kind
    if kind in (*OPEN, SIGNED_IN_KIND):
        return kind in OPEN or who not in ("nobody", "member")
    for theirs, only in ((MEMBER_KIND, "member"), (OPERATOR_KIND, "operator")):
        if kind == theirs or who == only:
            return (kind, who) == (theirs, only)
    return route.access.allows({who})


def refused(response, who, route):
    if route.access.kind in OPEN:
        return False
    if who in ("nobody", "member") or route.access.kind == MEMBER_KIND:
        return response.status_code == 302 and "/sign-in" in response.headers["Location"]
    if route.access.kind == OPERATOR_KIND:
        return response.status_code == 404
    return response.status_code == 403


def test_a_strangers_thing_looks_like_a_missing_one_on_pages_and_stays_as_it_was(app, world):
    foreign, missing, owner = things.of(world.rival), things.MISSING, world.as_("acme")
    before = foreign.fingerprint()
    for route in routes_of(app, is_api=False):
        if route.access.kind not in OF_ROLES or not PARAMETER.search(route.path):
            continue
        for method in route.methods:
            answers = [send(owner, method, address(route, kind.named)) for kind in (foreign, missing)]
            assert plain(answers[0]) == plain(answers[1]), route.path
            assert answers[0].status_code == 404, (route.path, method, answers[0].status_code)
    assert foreign.fingerprint() == before
    assert owner.get("/").status_code == 200, "Whoever sent them is still signed in."


def test_what_another_member_or_club_has_looks_like_a_missing_thing_to_a_member(app, world):
    foreign, missing, member = things.of(world.rival), things.MISSING, browser_of(world, "member")
    for route in routes_of(app, is_api=False):
        if route.access.kind != MEMBER_KIND or len(PARAMETER.findall(route.path)) < 2:
            continue
        for method in route.methods:
            here = [
                address(
                    route, lambda route, name, kind=kind: "acme" if name == "club_slug" else kind.named(route, name)
                )
                for kind in (foreign, missing)
            ]
            answers = [send(member, method, place) for place in here]
            assert plain(answers[0]) == plain(answers[1]) and answers[0].status_code == 404, route.path


def test_a_strangers_thing_looks_like_a_missing_one_over_json_and_stays_as_it_was(app, client, world):
    foreign, missing = things.of(world.rival), things.MISSING
    before = foreign.fingerprint()
    for route in routes_of(app, is_api=True):
        if not PARAMETER.search(route.path):
            continue
        for method in route.methods:
            answers = [
                client.open(
                    address(route, kind.named),
                    method=method,
                    headers=carrying(route, world.acme.token),
                    json=route.example or {},
                )
                for kind in (foreign, missing)
            ]
            status = 403 if (method, route.path) in FORBIDDEN_ALIKE else 404
            assert answers[0].status_code == answers[1].status_code == status, (route.path, method)
            assert PASSING.sub(b"", answers[0].data) == PASSING.sub(b"", answers[1].data)
    assert foreign.fingerprint() == before


def test_json_routes_ask_for_a_token_and_name_the_permit_that_is_missing(app, client, world):
    own = things.of(world.acme)
    for route in routes_of(app, is_api=True):
        if route.access.kind != PERMIT_KIND:
            continue
        other = [name for name in PERMITS if not route.access.allows({name})]
        _, lacking = tokens.make(world.acme.partner, "lacking", other)
        for method in route.methods:
            path = address(route, own.named)
            bare = client.open(path, method=method, json={})
            assert (bare.status_code, "WWW-Authenticate" in bare.headers) == (401, True), (route.path, method)
            short = client.open(path, method=method, json={}, headers=carrying(route, lacking))
            said = '"Forbidden"' if (route.errors or route.family.errors) is LISTED else route.access.named()
            assert short.status_code == 403 and said in short.text, (route.path, method)


def test_a_sign_in_is_no_key_to_the_api(app, world):
    own, visitor = things.of(world.acme), world.as_("acme")
    for route in routes_of(app, is_api=True):
        if route.access.kind == PERMIT_KIND:
            response = visitor.client.open(address(route, own.named), method=route.methods[0], json={})
            assert response.status_code == 401
