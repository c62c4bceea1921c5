"""The use of a coupon that a deal leads to: booked with the deal, given back when it is canceled, each once (contract: affiliate,
"Coupons"). The deal is locked, or new, before the reservation and the coupon are."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.coupons.reservations import held as reservations
from portal.domain.coupons.reservations.tables import HELD
from portal.domain.coupons.ties.tables import CouponDeal
from portal.domain.coupons.uses import amounts, checking, giving_back, holding
from portal.domain.coupons.uses.facts import Found
from portal.domain.coupons.uses.steps import Failure


class Fit(NamedTuple):
    """A coupon under the offer that a sale uses; a step that failed, with why, where it cannot be used."""

    row: Found
    step: str | None = None
    failure: Failure | None = None


class OfReservation(NamedTuple):
    """A use that counts on a reservation, and the deal that it is tied to."""

    id: int
    deal_id: int | None


class _Tied(NamedTuple):
    id: int
    use_id: int
    reservation_id: int | None


_OF_RESERVATION = Statement(
    """SELECT u.id, t.deal_id FROM coupon_use u JOIN reservation r ON r.id = u.reservation_id
    LEFT JOIN coupon_deal t ON t.use_id = u.id
    WHERE u.reservation_id = :reservation AND u.partner_id = :partner AND u.coupon_id = :coupon AND u.state <> 'released'
    AND (r.state = 'purchased' OR r.expires_at > :now)""",
    OfReservation,
)
_OF_DEAL = Statement(
    """SELECT t.id, t.use_id, u.reservation_id FROM coupon_deal t JOIN coupon_use u ON u.id = t.use_id
    WHERE t.deal_id = :deal""",
    _Tied,
)


def of_reservation(partner_id: int, reservation_id: int, coupon_id: int) -> OfReservation | None:
    """The use of a coupon that counts on a reservation of the partner's."""
    asked = {"partner": partner_id, "reservation": reservation_id, "coupon": coupon_id}
    return _OF_RESERVATION.row(**asked, now=clock.micros())


def tie(deal: LockedDeal, coupon_id: int, reservation_id: int) -> bool:
    """In the transaction of the deal: the reservation's use of the coupon is the deal's; whether it counts and was nobody's."""
    reservations.locked(reservation_id)
    use = of_reservation(deal.partner_id, reservation_id, coupon_id)
    if use is None or use.deal_id is not None:
        return False
    CouponDeal.create(deal=deal.id, coupon=coupon_id, use=use.id)
    return True


def use(deal: LockedDeal, code: str, member_id: int | None, judge: Callable[[Sequence[Found]], Fit]) -> bool:
    """In the transaction of the deal: a use of its own, committed at once; whether the coupon, looked at under its locks, could
    still be used. What it took off is worked out from what was paid, and is at most what its budget has left."""
    key = checking.normal(code)
    rows = holding.lock(deal.partner_id, {key}).get(key)
    fit = judge(rows) if rows else None
    if fit is None or fit.failure:
        return False
    row, left = fit.row, fit.row.budget_left
    taken = amounts.before(row.terms, deal.cost)
    taken = taken if left is None else min(taken, left)
    use_id = holding.book(row, deal.currency, taken, member_id, {"deal": deal.uuid})
    CouponDeal.create(deal=deal.id, coupon=row.id, use=use_id)
    return True


def give_back(deal_id: int) -> None:
    """In the transaction that cancels the deal: its use counts no more. That of a reservation which is still held goes on with
    the reservation, and is the deal's no longer: its buyer has not bought yet, and may."""
    tied = _OF_DEAL.row(deal=deal_id)
    if tied is None:
        return
    if tied.reservation_id is not None and reservations.locked(tied.reservation_id).state == HELD:
        CouponDeal.delete_by_id(tied.id)
        return
    live = giving_back.one(tied.use_id)
    if live:
        giving_back.give_back([live])


def forget(deal_id: int) -> None:
    """In the transaction that removes the deal."""
    give_back(deal_id)
    CouponDeal.delete().where(CouponDeal.deal == deal_id).execute()
