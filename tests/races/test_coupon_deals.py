"""A coupon's limit under a crowd that reports deals with it, and a code that is made a promoter's and a coupon's at once."""

from collections import Counter

import pytest

from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.ties.tables import CouponDeal
from tests.races.control import is_lost
from tests.races.test_promo_codes import code_of
from tests.support import desk

pytestmark = pytest.mark.races
CLIENTS = 8


@pytest.mark.parametrize("limit", [1, 5])
def test_deals_use_a_coupon_as_often_as_it_may_be_and_give_it_back_when_they_are_canceled(merchant, limit):
    with merchant.server.connected():
        coupon = desk.coupon(merchant.partner, code=f"only-{limit}")
        desk.assigned(coupon, limit=limit)
    said = [
        merchant.said(deal_id=f"{coupon.code}-{number % CLIENTS}", status="Paid", promo_code=coupon.written)
        for number in range(2 * CLIENTS)  # each twice
    ]
    answers = merchant.at_once([("POST", "/deal/", one) for one in said])
    assert {answer.status_code for answer in answers} == {200}
    with merchant.server.connected():
        assert Coupon.get_by_id(coupon.id).uses == limit
        assert CouponDeal.select().where(CouponDeal.coupon == coupon).count() == limit
    cancel = [("PATCH", f"/deal/{one['deal_id']}/", {"status": "Canceled"}) for one in said]
    assert {answer.status_code for answer in merchant.at_once(cancel)} == {200}
    with merchant.server.connected():
        assert Coupon.get_by_id(coupon.id).uses == 0


def claimed(merchant, crowd, code: str) -> int:
    """All make one code, some of them a coupon and some a promoter's promo code; how many there are of both."""
    with merchant.server.connected():
        promotion = Promotion.get(Promotion.uid == merchant.uid)
    crowd.all("claim", merchant.partner.id, promotion.id, code)
    with merchant.server.connected():
        coupons = Coupon.select().where(Coupon.partner == merchant.partner, Coupon.code == code).count()
        return (
            coupons + PromoCode.select().where(PromoCode.merchant == merchant.partner, PromoCode.code == code).count()
        )


def with_codes(merchant):
    """The merchant, whose shop allows codes of any discount."""
    code_of(merchant, "any")
    with merchant.server.connected():
        catalog = Promotion.get(Promotion.uid == merchant.uid).catalog
        catalog.min_promo_code_percent, catalog.max_promo_code_percent = 0, 1000
        catalog.save()
    return merchant


def test_of_all_who_make_a_code_a_promoters_or_a_coupons_one_does(merchant, crowd):
    with_codes(merchant)
    assert Counter(claimed(merchant, crowd, f"BOTH-{round_}") for round_ in range(4)) == {1: 4}


def test_without_the_guard_a_code_is_a_promoters_and_a_coupons(unguarded, unguarded_crowd):
    with_codes(unguarded)
    assert is_lost(lambda name: claimed(unguarded, unguarded_crowd, name.upper()) > 1)
