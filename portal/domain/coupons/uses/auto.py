"""Auto coupons: they apply by themselves, as soon as a reservation reaches their threshold (contract: coupons, "Auto")."""

from portal import clock
from portal.database import Statement
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.coupons.uses.live import Use

MOST = 20
_REACHED = Statement(
    """SELECT c.code FROM coupon c WHERE c.partner_id = :partner AND c.kind = 8 AND c.ended_at IS NULL
    AND COALESCE(c.threshold, 0) <= :face AND COALESCE(c.currency, :currency) = :currency
    AND EXISTS (SELECT 1 FROM coupon_offer o JOIN coupon_assignment a ON a.id = o.assignment_id
        WHERE o.coupon_id = c.id AND a.ended_at IS NULL AND a.starts_at <= :now AND a.ends_at > :now)
    ORDER BY c."rank", c.id LIMIT :most"""
)


def apply(held: Held) -> list[Use]:
    """In the transaction that makes the reservation: the uses of those that can be used, in the order of their rank."""
    now = clock.micros()
    codes = _REACHED.values(partner=held.partner_id, face=held.face, currency=held.currency, now=now, most=MOST)
    asked = [AskedUse(held.event_id, code) for code in codes]
    return holding.hold(held, asked, only_valid=True) if asked else []
