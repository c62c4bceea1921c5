"""A type that changes while its coupon is assigned: one of the two is first, and the other is judged by it."""

import pytest

from portal.domain.coupons.assignments.tables import CouponOffer
from portal.domain.coupons.coupons.tables import COMP, Coupon
from tests.support import desk

pytestmark = pytest.mark.races


def test_a_coupon_is_never_assigned_to_what_its_new_type_is_not_for(merchant):
    with merchant.server.connected():
        party = merchant.partner
        bundle = desk.bundle(desk.level(desk.event(party)))
        coupons = [desk.coupon(party, COMP).id for _ in range(8)]
    terms = {"offer_type": "individual", "start_date": "2026-01-01", "end_date": "2030-01-01", "limit": 1}
    asked = [
        each
        for coupon in coupons
        for each in (
            ("POST", "/coupons-assignment", {**terms, "coupon_ids": [coupon], "bundle_ids": [bundle.id]}),
            ("PATCH", f"/coupons/{coupon}", {"type": "Access"}),
        )
    ]
    answers = merchant.at_once(asked)
    assert {answer.status_code for answer in answers} <= {200, 400}
    with merchant.server.connected():
        for assigned, changed, coupon in zip(answers[::2], answers[1::2], coupons, strict=True):
            is_assigned = CouponOffer.select().where(CouponOffer.coupon == coupon).exists()
            assert is_assigned == (assigned.status_code == 200) != (changed.status_code == 200)
            assert (Coupon.get_by_id(coupon).kind == COMP) == is_assigned
