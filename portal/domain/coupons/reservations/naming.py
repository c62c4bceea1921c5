"""Whose a reservation is, said after it was made."""

from portal.database import transaction
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.reservations.held import locked
from portal.domain.coupons.reservations.reserving import refuse_stranger
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.uses.tables import HELD, CouponUse
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.sentences import say


def name(partner_id: int, reservation_id: int, member_id: int) -> None:
    """The reservation, and what is used on it, is this customer's. Raises NotFound for either; Refused once it has ended, and
    where it is somebody's already."""
    with transaction():
        refuse_stranger(partner_id, member_id)
        held = locked(reservation_id)
        if held.partner_id != partner_id:
            raise NotFound(say("reservation"))
        if not held.is_open or held.member_id not in (None, member_id):
            raise Refused(say("This reservation is another customer’s, or has ended. Reserve again for this one."))
        if held.member_id is None:
            Reservation.update(member=member_id).where(Reservation.id == held.id).execute()
            its = (CouponUse.reservation == held.id, CouponUse.state == HELD)
            CouponUse.update(member=member_id).where(*its).execute()
            log.record(partner_id, "reservation.named", settling.THING, held.id)
