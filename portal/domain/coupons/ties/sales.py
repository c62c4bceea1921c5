"""A coupon that a deal was reported with: whether the sale may use it, and whose the deal is by it (contract: affiliate,
"Coupons"). A deal names neither an event nor tickets, so that the steps of a check that ask for these are not asked."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.attribution.other_codes import Discount, Sale
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.promotions import checks
from portal.domain.coupons.coupons.tables import COMP, FIXED
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.ties import booking
from portal.domain.coupons.ties.booking import Fit
from portal.domain.coupons.uses import checking, facts
from portal.domain.coupons.uses.amounts import WHOLE
from portal.domain.coupons.uses.facts import NOTHING, Found, Sold
from portal.domain.coupons.uses.steps import STEPS, Basket, Case, Failure
from portal.domain.identifiers import typed_id
from portal.domain.members import finding
from portal.domain.sentences import say
from portal.domain.steps import Steps

NAMED = say("the code is a coupon’s")
_EVENT = "event"  # asked in a way of its own: whether it is assigned at all, and in whose currency
_ASKED = ("active", _EVENT, "dates", "blackout", "uses", "budget", "customer")
_MENDED_BY_TIME = ("uses", "budget")  # where a reservation that has run out may hold what is missing
_STEP = dict(STEPS)
# Who has drawn a coupon of no customer's for one of them, by its id: a named file of theirs fills the list.
drawn_elsewhere: list[Callable[[int], int | None]] = []
_NONE = Sold(frozenset(), frozenset())


class _Promoter(NamedTuple):
    promotion_id: int | None
    reward_percent: int | None


class _Percent(NamedTuple):
    code: str
    kind: int
    amount_type: str | None
    amount: int | None


_PROMOTER = Statement("SELECT promotion_id, reward_percent FROM coupon_promoter WHERE coupon_id = :coupon", _Promoter)
_PERSON = Statement("SELECT uuid FROM member WHERE id = :member AND erased_at IS NULL")
_PERCENTS = Statement(
    "SELECT code, kind, amount_type, amount FROM coupon WHERE partner_id = :partner AND code IN :codes", _Percent
)


@dataclass(slots=True)
class CouponOfSale:
    """A coupon that a deal was reported with (`other_codes.OtherCode`)."""

    sale: Sale
    fit: Fit
    member_id: int | None
    reservation_id: int | None
    objection: tuple[str, str] | None = None
    customer: str | None = None
    promotion_id: int | None = None
    reward_percent: int | None = None
    named: str = NAMED

    def settle(self) -> bool:
        """Settle reservations that have run out, where they may hold what the coupon lacks."""
        if self.objection is None or self.fit.step not in _MENDED_BY_TIME:
            return False
        return settling.settle_run_out(self.sale.partner_id) > 0

    def book(self, deal: LockedDeal) -> bool:
        """Use it with the deal: the reservation's use, or one of its own."""
        if self.reservation_id is not None:
            return booking.tie(deal, self.fit.row.id, self.reservation_id)
        return booking.use(deal, self.sale.code, self.member_id, lambda rows: best(rows, self.sale, self.member_id))


def of_sale(sale: Sale) -> CouponOfSale | None:
    """The partner's coupon with the code that the sale names."""
    rows = facts.found(sale.partner_id, [checking.normal(sale.code)]).get(checking.normal(sale.code))
    if not rows:
        return None
    row, *_ = rows
    drawn_for = row.member_id or next(filter(None, (ask(row.id) for ask in drawn_elsewhere)), None)
    member = finding.named(sale.partner_id, sale.customer) or drawn_for
    fit, reservation = best(rows, sale, member), sale.pairs.get("reservation")
    coupon = CouponOfSale(sale, fit, member, None)
    if reservation:
        coupon.reservation_id, coupon.objection = _of_reservation(sale, fit.row, reservation)
    elif fit.failure:
        coupon.objection = _said(fit.failure)
    if coupon.objection is None:
        coupon.customer = _PERSON.value(member=drawn_for) if drawn_for else None
        promoter = _PROMOTER.row(coupon=fit.row.id)
        if promoter:
            coupon.promotion_id, coupon.reward_percent = promoter
    return coupon


def best(rows: Sequence[Found], sale: Sale | None, member_id: int | None) -> Fit:
    """The offer by which the sale, None where nobody buys yet, can use the coupon; where it can by none, the one that comes
    nearest."""
    fits = [_fit(row, sale, member_id) for row in rows]
    usable = next((fit for fit in fits if fit.step is None), None)
    return usable or max(fits, key=lambda fit: _ASKED.index(fit.step or _ASKED[0]))


def discounts(partner_id: int, codes: Collection[str]) -> dict[str, Discount]:
    """What coupons of the partner's take off, by their code."""
    rows = _PERCENTS.rows(partner=partner_id, codes=list(codes))
    return {row.code: _discount(row.kind, row.amount_type, row.amount) for row in rows}


def checked(partner_id: int, code: str) -> Discount | None:
    """What a coupon takes off that a sale could use now. Raises Unusable with the step that failed."""
    rows = facts.found(partner_id, [code]).get(code)
    if not rows:
        return None
    fit = best(rows, None, None)
    if fit.failure:
        steps = Steps(fit.step or "")
        steps.failed(fit.step or "", fit.failure.detail, fit.failure.fix)
        raise checks.Unusable(steps, (partner_id, "coupon", str(fit.row.id)))
    return _discount(fit.row.kind, fit.row.amount_type, fit.row.amount)


def _fit(row: Found, sale: Sale | None, member_id: int | None) -> Fit:
    case = Case(row, None, NOTHING, _NONE, clock.micros(), _basket(member_id) if sale else None)
    for name in _ASKED:
        failure = _elsewhere(row, sale) if name == _EVENT else _STEP[name](case)
        if failure:
            return Fit(row, name, failure)
    return Fit(row)


def _basket(member_id: int | None) -> Basket:
    """Nothing is known of what was bought but for whom."""
    return Basket(Held(0, 0, 0, 0, member_id, "", 0, 0, 0, "held", 0), [], [], [])


def _elsewhere(row: Found, sale: Sale | None) -> Failure | None:
    if row.offer_id is None:
        return Failure(say("The coupon is not assigned to anything."), say("Assign it."), "assign")
    if sale is None or row.currency in (None, sale.currency):
        return None
    sentence = say("The coupon is in {currency}, the deal in {other}.", currency=row.currency, other=sale.currency)
    return Failure(sentence, say("Make a coupon in the deal’s currency."), "create")


def _of_reservation(sale: Sale, row: Found, named: str) -> tuple[int | None, tuple[str, str] | None]:
    """The reservation whose use of the coupon is the deal's, or why there is none."""
    number = typed_id(named) or 0
    found = booking.of_reservation(sale.partner_id, number, row.id)
    if found is None:
        detail = say("the reservation {number} has no use of the coupon that counts", number=named[:40])
        return None, (detail, say("Use the coupon on the reservation, or name none."))
    if found.deal_id is not None:
        detail = say("its use on the reservation {number} is another deal’s", number=named[:40])
        return None, (detail, say("Report each purchase with a reservation of its own."))
    return number, None


def _said(failure: Failure) -> tuple[str, str]:
    return say("the coupon cannot be used: {detail}", detail=failure.detail), failure.fix


def _discount(kind: int, amount_type: str | None, amount: int | None) -> Discount:
    if kind == COMP:
        return Discount(WHOLE)
    return Discount(None if amount_type == FIXED else amount or 0)
