"""Eight people press "Pay now" at once, in browsers of their own, while a shop cancels: what was earned is paid once."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.domain import verify
from portal.domain.affiliate.payouts import payables
from portal.domain.affiliate.payouts.tables import Payout
from tests.races.control import is_lost
from tests.races.payer import Payer
from tests.races.test_payouts import DEALS, REWARD, earn, items, paid

pytestmark = pytest.mark.races
PEOPLE, ROUNDS = 8, 2


def people(merchant, app_pool) -> list[Payer]:
    return [Payer(merchant, app_pool(merchant.server.settings)) for _ in range(PEOPLE)]


def at_once(acts: list) -> list:
    """What each of them came to, done at the same moment."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def test_what_eight_people_saw_is_paid_once(merchant, app_pool):
    payers = people(merchant, app_pool)
    for round_ in range(1, ROUNDS + 1):
        earn(merchant, f"round{round_}")
        assert len({str(payer.look()) for payer in payers}) == 1
        assert Counter(at_once([payer.pay for payer in payers])) == Counter({303: 1, 422: PEOPLE - 1})
        with merchant.server.connected():
            assert paid(merchant) == [DEALS * REWARD] * round_
            assert set(map(tuple, items(merchant).values())) == {(REWARD,)}


def test_deals_canceled_through_the_api_meanwhile_are_left_out_or_taken_back(merchant, app_pool):
    payers, kept, answered = people(merchant, app_pool), [], []

    def look_and_pay(payer):
        for _ in range(3):
            if payer.look():
                answered.append(payer.pay())

    for round_ in range(ROUNDS):
        ids = earn(merchant, f"round{round_}")
        kept += ids[::2]
        canceling = [("PATCH", f"/deal/{deal_id}/", {"status": "Canceled"}) for deal_id in ids[1::2]]
        acts = [lambda payer=payer: look_and_pay(payer) for payer in payers]
        answers = merchant.at_once(canceling, beside=lambda acts=acts: at_once(acts), later=round_ * 0.02)
        assert {answer.status_code for answer in answers} == {200}
    assert 303 in answered
    with merchant.server.connected():
        found = items(merchant)
        assert {deal_id: found[deal_id] for deal_id in kept} == {deal_id: [REWARD] for deal_id in kept}
        assert all(amounts == [REWARD, -REWARD] for deal_id, amounts in found.items() if deal_id not in kept)
        still_open = sum(line.amount for line in payables.preview(merchant.partner.id))
        assert sum(paid(merchant)) + still_open == len(kept) * REWARD


def test_without_the_guard_several_are_told_that_they_paid(unguarded, app_pool):
    payers = people(unguarded, app_pool)

    def play(name):
        earn(unguarded, name)
        assert len({str(payer.look()) for payer in payers}) == 1
        return Counter(at_once([payer.pay for payer in payers]))[303] > 1

    assert is_lost(play)
    with unguarded.server.connected():
        doubled = list(Payout.select().where(Payout.merchant == unguarded.partner))
        assert len(doubled) > 1
        assert any(payout.uuid in fault for payout in doubled for fault in verify.faults())
