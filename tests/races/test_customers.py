"""A phone, a mail address and an id are one customer's, whoever sends them at the same moment."""

from collections import Counter

import pytest

from portal.domain.members.tables import Member
from tests.races.control import is_lost

pytestmark = pytest.mark.races
# One phone, as eight clients write it.
NOTATIONS = (
    "+49 151 234567{}", "0049151234567{}", "49151234567{}", "+49 (0)151 234567{}", "+49-151-234-567-{}", "+49/151/234567{}",
    "tel:+49151234567{}", "+49.151.234567{}",
)  # fmt: skip


def added(merchant, said: list[dict]) -> Counter:
    """All at once: how many were answered with each status."""
    answers = merchant.at_once([("POST", "/v2/customers", {"firstName": "Mia", **one}) for one in said])
    return Counter(answer.status_code for answer in answers)


def phones(number: int) -> list[dict]:
    return [{"phone": notation.format(number)} for notation in NOTATIONS]


def test_of_all_who_bring_the_same_one_adds_the_customer(merchant):
    rounds = [phones(10), [{"email": mail} for mail in ("Mia@shop.example", "mia@SHOP.example") * 4]]
    for said in (*rounds, [{"externalUserId": "7"}] * 8):
        assert added(merchant, said) == {201: 1, 409: 7}
    with merchant.server.connected():
        assert Member.select().where(Member.partner == merchant.partner).count() == 3


def test_without_the_guard_a_phone_is_several_customers(unguarded):
    numbers = iter(range(20, 60))
    assert is_lost(lambda name: added(unguarded, phones(next(numbers)))[201] > 1)
