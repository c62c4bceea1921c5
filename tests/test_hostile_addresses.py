"""What people write into addresses: no page breaks, whatever number or letter stands where an id belongs."""

import pytest
import requests

from portal.routing import OPERATOR_KIND
from portal.web import drawing
from tests.support import things
from tests.test_route_matrix import PARAMETER, address, routes_of, send

# Of a place before and one after the page takes the second, so each is asked for by itself; words narrow one of the two.
ARGUMENTS = (
    "after={0}&deal={1}&newest={0}&since={1}&days={0}&number={1}",
    "before={0}&deal={0}&which=page&show={1}&q={0}",
)
HOSTILE = [(str(2**63), "9" * 30), ("-" + "9" * 30, "-1")]


@pytest.mark.parametrize("values", HOSTILE, ids=["too large", "too small"])
def test_no_page_breaks_over_an_id_that_none_can_have(app, world, values):
    refuse_to_break(app, world, values)


@pytest.mark.engine("sqlite")  # What is no number comes to no engine.
def test_no_page_breaks_over_what_is_no_number(app, world):
    refuse_to_break(app, world, ("²", "0"))


def test_no_page_breaks_over_a_number_in_its_path_that_nothing_has(app, world):
    own, owner, operator = things.of(world.acme), world.as_("acme"), world.as_("operator")
    for route in routes_of(app, is_api=False):
        if "<" not in route.path:
            continue
        visitor = operator if route.access.kind == OPERATOR_KIND else owner
        for hostile in {_one_number(route, own, parameter) for _, parameter in PARAMETER.findall(route.path)}:
            for method in route.methods:
                answer = send(visitor, method, hostile)
                assert answer.status_code < 500, (route.path, method)
                answer.close()


def _one_number(route, own, parameter) -> str:
    """The address of things that are there, but for one."""
    return address(route, lambda route, name: 2**63 if name == parameter else own.named(route, name))


def refuse_to_break(app, world, values):
    own, owner = things.of(world.acme), world.as_("acme")
    for route in routes_of(app, is_api=False):
        if "GET" not in route.methods:
            continue
        for arguments in (text.format(*values) for text in ARGUMENTS):
            answer = owner.get(f"{address(route, own.named)}?{arguments}")
            assert answer.status_code < 500, (route.path, arguments)
            answer.close()  # Files are read to their end, or let go.


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
