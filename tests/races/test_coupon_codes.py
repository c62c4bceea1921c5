"""A code is one coupon of a seller's, whoever makes it at the same moment and however they write it."""

from collections import Counter

import pytest

from portal.domain.coupons.coupons.tables import Coupon
from tests.races.control import is_lost

pytestmark = pytest.mark.races
# One code, as eight clients write it.
NOTATIONS = ("{}-26", "{}-26 ", " {}-26", "{}‐26", "{}–26", "{}—26", "{}−26", "{}-２６")


def made(merchant, name: str) -> Counter:
    """All at once: how many were answered with each status."""
    cases = [name.upper(), name.lower()] * 4
    said = [
        {"name": "Race", "type": "Comp", "code": notation.format(case)}
        for notation, case in zip(NOTATIONS, cases, strict=True)
    ]
    answers = merchant.at_once([("POST", "/coupons", one) for one in said])
    return Counter(answer.status_code for answer in answers)


def test_of_all_who_make_the_same_code_one_does(merchant):
    assert [made(merchant, name) for name in ("summer", "winter")] == [{201: 1, 400: 7}] * 2
    with merchant.server.connected():
        assert Coupon.select().where(Coupon.partner == merchant.partner).count() == 2


def test_without_the_guard_a_code_is_several_coupons(unguarded):
    assert is_lost(lambda name: made(unguarded, f"code-{name}")[201] > 1)
