"""Sentences that name a number."""

import re

import pytest

from portal.domain.offers.tables import Catalog
from portal.domain.sentences import counted
from tests.support import things
from tests.test_route_matrix import address, may, routes_of


def test_one_and_several_are_whole_sentences():
    said = ("{number} deal of {whose} is canceled.", "{number} deals of {whose} are canceled.")
    assert counted(1, *said, whose="Acme") == "1 deal of Acme is canceled."
    assert counted(0, *said, whose="Acme") == "0 deals of Acme are canceled."
    assert counted(1234, *said, whose="{number}") == "1,234 deals of {number} are canceled."


# What follows need be no noun: "1 waits for you", "1 of its".
ONE_OF_SEVERAL = re.compile(
    r"\b1 (?!was\b|has\b|this\b|waits\b|works\b)(?:(?:more|other|new|open|promo|API|canceled) )?[a-z]{2,}[a-rt-z]s\b"
)
TAGS = re.compile(r"<(script|style|svg|time)\b.*?</\1>|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize(
    ("said", "is_wrong"),
    [
        ("1 days", True),
        ("1 promo codes work", True),
        ("by 1 more promoters", True),
        ("1 deal is", False),
        ("21 days", False),
    ],
)
def test_one_of_several_is_found(said, is_wrong):
    assert bool(ONE_OF_SEVERAL.search(said)) == is_wrong


@pytest.fixture
def begin():
    return things.begin


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("who", ["owner", "operator"])
def test_no_page_calls_one_thing_several(app, world, who):
    """Every page with one of each thing; what is read out and not seen counts too."""
    own = things.of(world.acme)
    Catalog.update(cookies_storage_days=1).execute()
    visitor = world.as_("operator") if who == "operator" else world.as_("acme")
    wrong = {}
    for route in routes_of(app, is_api=False):
        if may(who, route) and "GET" in route.methods:
            answer = visitor.get(address(route, own.named))
            page = answer.text if answer.mimetype == "text/html" else ""
            read = " ".join([*re.findall(r'(?:data-announce|aria-label|title)="([^"]*)"', page), TAGS.sub(" | ", page)])
            if found := ONE_OF_SEVERAL.findall(" ".join(read.split())):
                wrong[route.path] = found
    assert not wrong
