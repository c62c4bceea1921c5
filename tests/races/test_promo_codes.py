"""A promo code's limit under a crowd of buyers, and the code of a promoter who has ended, which many would hand on."""

from collections import Counter

import pytest

from portal.domain.affiliate.catalogs.tables import PromoterTerms
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.identifiers import short_code
from portal.domain.offers.tables import Catalog, Offer
from tests.contract.promoters import promoted
from tests.races.control import is_lost

pytestmark = pytest.mark.races
CLIENTS, CROWD = 8, 16


def code_of(merchant, name: str, limit: int | None = None) -> PromoCode:
    """A code of northwind's in the merchant's shop, which allows codes."""
    with merchant.server.connected():
        catalog = Catalog.get(Catalog.partner == merchant.partner)
        Catalog.update(is_promocode_allowed=True).where(Catalog.id == catalog.id).execute()
        offers = Offer.select(Offer.id).where(Offer.catalog == catalog)
        PromoterTerms.update(is_promocode_allowed=True).where(PromoterTerms.offer.in_(offers)).execute()
        return PromoCode.create(
            merchant=merchant.partner, promotion=Promotion.get(Promotion.uid == merchant.uid), code=name.upper(),
            written=name, percent_discounts=500, uses_limit=limit,
        )  # fmt: skip


def brought(merchant, code: PromoCode, tries: int) -> tuple[int, int]:
    """Eight clients buy with the code: how many deals it brought, and how often it says that it was used."""
    said = [
        merchant.said(deal_id=f"{code.code}-{number}", status="Paid", another_data=None, promo_code=code.written)
        for number in range(tries)
    ]
    for first in range(0, tries, CLIENTS):
        answers = merchant.at_once([("POST", "/deal/", one) for one in said[first : first + CLIENTS]])
        assert {answer.status_code for answer in answers} == {200}
    with merchant.server.connected():
        return Deal.select().where(Deal.used_code == code).count(), PromoCode.get_by_id(code.id).uses


@pytest.mark.parametrize("limit", [1, 10])
def test_a_code_brings_as_many_deals_as_it_may_and_has_them_back_when_they_are_canceled(merchant, limit):
    code, tries = code_of(merchant, f"only-{limit}", limit), 2 * CLIENTS
    assert brought(merchant, code, tries) == (limit, limit)
    cancel = [("PATCH", f"/deal/{code.code}-{number}/", {"status": "Canceled"}) for number in range(tries)]
    assert {answer.status_code for answer in merchant.at_once(cancel)} == {200}
    with merchant.server.connected():
        assert PromoCode.get_by_id(code.id).uses == 0


def test_without_the_guard_a_code_brings_more_than_it_may(unguarded):
    assert is_lost(lambda name: brought(unguarded, code_of(unguarded, name, 1), CLIENTS)[0] > 1)


def successors(merchant) -> list[str]:
    """Two approved promoters of the shop, whose first one has ended."""
    with merchant.server.connected():
        former, world = Promotion.get(Promotion.uid == merchant.uid), merchant.server.world
        Promotion.update(state="ended").where(Promotion.id == former.id).execute()
        parties = (world.rival, world.wind)
        return [promoted(former.catalog.uuid, party, short_code(9), code=None).uid for party in parties]


def test_of_all_who_hand_a_code_on_one_does(merchant, crowd):
    others = successors(merchant)
    for round_ in range(3):
        code = code_of(merchant, f"handed-{round_}")
        done = Counter(crowd.all("hand_on", code.id, others))
        assert done.pop(None) == CROWD - 1
        with merchant.server.connected():
            assert done == {PromoCode.get_by_id(code.id).promotion.uid: 1}


def test_without_the_guard_a_code_is_handed_on_several_times(unguarded, unguarded_crowd):
    others = successors(unguarded)

    def play(name):
        return unguarded_crowd.all("hand_on", code_of(unguarded, f"h-{name}").id, others).count(None) < CROWD - 1

    assert is_lost(play)
