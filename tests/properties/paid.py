"""A run of payouts, by the portal and by the model. Of whom very much is open, the portal pays in several payouts."""

from collections import Counter

import pytest

from portal.domain.affiliate.payouts import items as payout_items
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import PayoutItem
from tests.properties.model.terms import DONE, REFUSED, Payout, Refusal
from tests.properties.stage import Side


def pay(side: Side, chosen: list, most: int = payout_items.MOST_CLAIMED) -> None:
    """Pay who is chosen; with more open items than `most` in parts, and then the model's payouts are these."""
    before = [*side.model.payouts]
    try:
        expected, whole = DONE, side.model.pay(chosen, side.now)
    except Refusal:
        expected, whole = REFUSED, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(payout_items, "MOST_CLAIMED", most)
        outcome, answer = side.outcome(lambda: payouts.run(side.party.id, chosen))
    assert outcome == expected, answer
    made = sorted(answer[0].payouts, key=lambda one: one.number) if whole else []
    parts = [part for payout in whole for part in _parts(payout, made, most)]
    assert len(parts) == len(made)
    side.model.payouts = before + parts


def _parts(payout: Payout, made: list, most: int) -> list[Payout]:
    """The payouts of this promoter: together all that is to be paid, each deal once, and no more in one than is needed."""
    own = [one for one in made if (one.promoter_id, one.currency) == (payout.promoter, payout.currency)]
    held = [
        {item.deal.deal_id: item.amount for item in PayoutItem.select().where(PayoutItem.payout == one)} for one in own
    ]
    times = Counter(deal_id for items in held for deal_id in items)
    assert set(times.values()) == {1}
    assert {deal_id: amount for items in held for deal_id, amount in items.items()} == payout.items
    assert all(len(items) % most == 0 for items in held[:-1])
    assert all(len(items) <= most or sum(sorted(items.values())[:-most]) <= 0 for items in held)
    return [
        Payout(payout.promoter, payout.currency, sum(items.values()), items, payout.at, name=one.uuid)
        for one, items in zip(own, held, strict=True)
    ]
