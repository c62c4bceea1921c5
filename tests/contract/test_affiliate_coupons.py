"""A coupon of the coupon desk on the affiliate API: reported with a deal, and asked for before it (contract: affiliate, "Coupons")."""

import pytest

from portal.domain.coupons.coupons.tables import FIXED, Coupon
from tests.support import desk


@pytest.mark.parametrize(
    ("given", "percent"), [({}, 10.0), ({"amount_type": FIXED, "amount": 500, "currency": "USD"}, None)]
)
def test_a_coupon_is_answered_for_and_used_once_and_a_fixed_amount_is_no_percentage(shop, api, world, given, percent):
    coupon = desk.coupon(world.acme, code="Summer-10", **given)
    desk.assigned(coupon, limit=1)
    assert api.get("/promo/check_promo/?code=summer-10").body == {"percent_discounts": percent}
    for _ in range(2):
        assert shop.report(status="Paid", another_data=None, promo_code=" summer-10 ").status == 200
    assert api.get("/deal/order-1/").body["promo"] == {"code": "summer-10", "percent_discounts": percent}
    assert [one["promo"]["percent_discounts"] for one in api.get("/deal/").body] == [percent]
    assert Coupon.get_by_id(coupon.id).uses == 1
    used_up = api.get("/promo/check_promo/?code=summer-10")
    assert (used_up.status, used_up.body["error_code"]) == (404, "coupon_not_usable")
    assert "The 1 use of the coupon is made" in used_up.body["detail"]
    api.patch("/deal/order-1/", {"status": "Canceled"})
    assert api.get("/promo/check_promo/?code=summer-10").status == 200
