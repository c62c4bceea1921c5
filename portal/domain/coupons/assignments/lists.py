"""What a coupon is assigned to (contract: coupons, "offers")."""

from typing import NamedTuple

from portal.domain.coupons.assignments import scope
from portal.domain.coupons.assignments.scope import Scope
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer


class Offer(NamedTuple):
    """A coupon's offer, its assignment, and what that covers."""

    offer: CouponOffer
    assignment: CouponAssignment
    covered: Scope


def of_coupon(coupon_id: int) -> list[Offer]:
    """The offers of a coupon, the oldest first, without those that were taken away."""
    query = CouponOffer.select(CouponOffer, CouponAssignment).join(CouponAssignment)
    query = query.where(CouponOffer.coupon == coupon_id, CouponAssignment.ended_at.is_null())
    offers = list(query.order_by(CouponOffer.id))
    covered = scope.of_all([offer.assignment for offer in offers])
    return [Offer(offer, offer.assignment, covered[offer.assignment_id]) for offer in offers]
