"""What coupons know of customers, when two of them become one, or somebody is erased: `family.py` and the worker import it."""

from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.mailings import erasing
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.members import members, merging
from portal.domain.members.tables import Member


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes them one: what was drawn for one, or used by one, is the other's."""
    for table in (Coupon, Reservation, CouponUse):
        table.update(member=kept).where(table.member == gone).execute()


members.when_erased.append(erasing.forget)
merging.when_merged.append(unite)
