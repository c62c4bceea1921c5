"""Several coupons at once: switched off and on, and tagged."""

from collections.abc import Iterable

from portal.database import transaction
from portal.domain.coupons.coupons import coupons, tags
from portal.domain.coupons.coupons.tables import Coupon


def switch(partner_id: int, coupon_ids: Iterable[int], is_on: bool) -> int:
    """Switch those of the seller's on or off, all or none; how many are so now."""
    ids = theirs(partner_id, coupon_ids)
    with transaction():
        for each in ids:
            (coupons.resume if is_on else coupons.end)(partner_id, each)
    return len(ids)


def tag(partner_id: int, coupon_ids: Iterable[int], names: Iterable[str]) -> int:
    """Give those of the seller's these tags besides theirs, all or none; how many have them. Raises Invalid as `coupons.change`."""
    ids, more = theirs(partner_id, coupon_ids), tuple(names)
    with transaction():
        for each in ids:
            coupons.locked(partner_id, each)  # so that nobody else's tags come between what is read and what is written
            coupons.change(partner_id, each, {"tags": (*tags.of([each])[each], *more)})
    return len(ids)


def theirs(partner_id: int, coupon_ids: Iterable[int]) -> list[int]:
    """Those of the coupons that are the seller's, in the order in which they are locked."""
    found = Coupon.select(Coupon.id).where(Coupon.partner == partner_id, Coupon.id.in_(list(coupon_ids)))
    return [row.id for row in found.order_by(Coupon.id)]
