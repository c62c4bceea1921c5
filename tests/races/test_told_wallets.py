"""Many workers at what wallets are to be told: each card is told of once."""

from collections import Counter
from itertools import chain

import pytest

from portal.domain.cards.cards import cards
from portal.domain.cards.wallets import registrations
from portal.domain.cards.wallets.tables import WalletHolding
from tests.races.control import is_lost
from tests.support import loyalty

pytestmark = pytest.mark.races
CARDS = 60


def changed_cards(merchant) -> None:
    """Cards of the merchant's that phones keep, each with a change that is due to be told."""
    with merchant.server.connected():
        template = loyalty.template(merchant.partner)
        for number in range(CARDS):
            card = cards.issue(merchant.partner.id, loyalty.customer(merchant.partner).id, template.id)
            registrations.register(card, f"device {number}", "token")


def told_of(crowd) -> list[int]:
    """How often each card was told of."""
    return sorted(Counter(chain.from_iterable(crowd.all("tell_wallets"))).values())


def test_workers_tell_of_each_card_once(merchant, crowd):
    changed_cards(merchant)
    assert told_of(crowd) == [1] * CARDS
    with merchant.server.connected():
        assert not WalletHolding.select().where(WalletHolding.due_at.is_null(False)).exists()


def test_without_the_guard_a_card_is_taken_by_two(unguarded, unguarded_crowd):
    def play(_):
        changed_cards(unguarded)
        return max(told_of(unguarded_crowd)) > 1

    assert is_lost(play)
