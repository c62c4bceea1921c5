"""What coupons know of customers, when two of them become one: `family.py` imports it, so that every process has it."""

from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.members import merging
from portal.domain.members.tables import Member


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes them one: what was drawn for one, or used by one, is the other's."""
    for table in (Coupon, Reservation, CouponUse):
        table.update(member=kept).where(table.member == gone).execute()


merging.when_merged.append(unite)
