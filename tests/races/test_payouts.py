"""Payout runs side by side, and deals canceled meanwhile: what was earned is paid once, what was not is taken back."""

from collections import Counter
from functools import partial

import pytest

from portal.domain import verify
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout, PayoutItem
from tests.races.control import is_lost

pytestmark = pytest.mark.races
DEALS, REWARD, ROUNDS = 12, 2000, 3


def earn(merchant, name: str) -> list[str]:
    """Deals whose reward is due; their ids."""
    ids = [f"{name}-{number}" for number in range(DEALS)]
    for deal_id in ids:
        assert merchant.send("POST", "/deal/", merchant.said(deal_id=deal_id, status="Paid")).status_code == 200
    merchant.make_due(*ids)
    with merchant.server.connected():
        assert deal_moves.settle_due() == DEALS
    return ids


def seen(merchant) -> list[tuple]:
    """What the merchant's list of payables shows, all of it chosen."""
    with merchant.server.connected():
        return [(line.promoter_id, line.currency, line.amount) for line in payouts.preview(merchant.partner.id)]


def paid(merchant) -> list[int]:
    """The sum of each payout, which is that of its items, and no deal is twice in it."""
    made = list(Payout.select().where(Payout.merchant == merchant.partner).order_by(Payout.number))
    for payout in made:
        assert sum(item.amount for item in payout.items) == payout.amount
    assert [payout.number for payout in made] == list(range(1, len(made) + 1))
    return [payout.amount for payout in made]


def items(merchant) -> dict[str, list[int]]:
    """What each deal added to payouts, paid and open ones, in order."""
    found: dict[str, list[int]] = {}
    for item in PayoutItem.select().where(PayoutItem.merchant == merchant.partner).order_by(PayoutItem.id):
        found.setdefault(item.deal.deal_id, []).append(item.amount)
    return found


def test_what_sixteen_people_saw_and_chose_is_paid_once(merchant, crowd):
    for round_ in range(1, ROUNDS + 1):
        earn(merchant, f"round{round_}")
        made = crowd.all("pay_out", merchant.partner.id, seen(merchant))
        assert Counter(made) == Counter({0: 15, 1: 1})
        with merchant.server.connected():
            assert paid(merchant) == [DEALS * REWARD] * round_
            assert set(map(tuple, items(merchant).values())) == {(REWARD,)}


def test_deals_canceled_while_they_are_paid_are_left_out_or_taken_back(merchant, crowd):
    kept: list[str] = []
    for round_ in range(ROUNDS):
        ids = earn(merchant, f"round{round_}")
        kept += ids[::2]
        canceling = [("PATCH", f"/deal/{deal_id}/", {"status": "Canceled"}) for deal_id in ids[1::2]] * 2
        pay_out = partial(crowd.all, "look_and_pay_out", merchant.partner.id, 3)
        answers = merchant.at_once(canceling, beside=pay_out, later=round_ * 0.02)
        assert {answer.status_code for answer in answers} == {200}
    with merchant.server.connected():
        found = items(merchant)
        assert {deal_id: found[deal_id] for deal_id in kept} == {deal_id: [REWARD] for deal_id in kept}
        taken_back = [amounts for deal_id, amounts in found.items() if deal_id not in kept]
        assert all(amounts == [REWARD, -REWARD] for amounts in taken_back)
        still_open = sum(line.amount for line in payouts.preview(merchant.partner.id))
        assert sum(paid(merchant)) + still_open == len(kept) * REWARD


def test_without_the_guard_the_same_deals_are_paid_several_times(unguarded, unguarded_crowd):
    def play(name):
        earn(unguarded, name)
        made = unguarded_crowd.all("pay_out", unguarded.partner.id, seen(unguarded))
        return sum(made) > 1

    assert is_lost(play)
    with unguarded.server.connected():
        doubled = list(Payout.select().where(Payout.merchant == unguarded.partner))
        assert {payout.amount for payout in doubled} == {DEALS * REWARD}
        assert any(payout.uuid in fault for payout in doubled for fault in verify.faults())
