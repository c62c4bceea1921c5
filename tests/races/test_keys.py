"""The same Idempotency-Key from a hundred clients at once: one effect, and everybody gets its answer."""

from collections import Counter

import pytest

from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.offers.tables import Catalog
from tests.races.books import facts_of
from tests.races.control import is_lost

pytestmark = pytest.mark.races
HUNDRED = 100


def landings_of(merchant) -> int:
    """How many there are: a landing may be made again and again, so that nothing but the key holds it to one."""
    with merchant.server.connected():
        return Landing.select().join(Catalog).where(Catalog.partner == merchant.partner).count()


def a_hundred_times(merchant, key: str = "hundred") -> list:
    with merchant.server.connected():
        catalog = Catalog.get(Catalog.partner == merchant.partner).uuid
    body = {"catalog_id": catalog, "url": "https://shop.example/"}
    return merchant.at_once([("POST", "/landing/", body, {"Idempotency-Key": key})] * HUNDRED)


def first_answers(answers) -> list:
    return [answer for answer in answers if "Idempotent-Replayed" not in answer.headers]


def test_the_same_key_a_hundred_times_has_one_effect(merchant):
    answers = a_hundred_times(merchant)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(first_answers(answers)) == 1
    assert landings_of(merchant) == 1


def test_without_the_guard_the_same_key_has_several_effects(unguarded):
    def play(key):
        before = landings_of(unguarded)
        answers = a_hundred_times(unguarded, key)
        return len(first_answers(answers)) > 1 and landings_of(unguarded) > before + 1

    assert is_lost(play)


def test_the_same_key_moves_a_deal_once(merchant):
    merchant.send("POST", "/deal/", merchant.said())
    body = {"status": "Paid", "comment": "once"}
    answers = merchant.at_once([("PATCH", "/deal/race/", body, {"Idempotency-Key": "again"})] * 30)
    assert {answer.status_code for answer in answers} == {200}
    assert len(first_answers(answers)) == 1
    with merchant.server.connected():
        assert facts_of(merchant.deal()) == Counter({"deal.created": 1, "deal.paid": 1, "deal.commented": 1})
