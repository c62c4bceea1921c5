"""Assigning coupons: the terms under which, and what for, they may be used (contract: coupons, "Assignment")."""

from collections.abc import Collection
from typing import Any, NamedTuple

from peewee import SQL

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.coupons.assignments import blackouts, moments, scope
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import Forbidden, Invalid
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.values import Wrong, checked

THING = "coupon assignment"
MOST_COUPONS = 500  # at once
LARGEST_LIMIT = 2**31 - 1
NOT_THEIRS = say("The user does not have permission to edit the offer")  # the documented system's own words
_LOCK_COUPONS = Statement(
    "SELECT id FROM coupon WHERE id IN :ids AND partner_id IN :partners ORDER BY id", lock="FOR UPDATE"
)


class Terms(NamedTuple):
    """What coupons are assigned under, as somebody asks for it. `start` and `end` are dates, with times or without, in `timezone`;
    `blackout` is as `blackouts.taken` takes it. Of a shared one all coupons have one `limit` together."""

    start: str
    end: str
    limit: int
    is_shared: bool = False
    timezone: str = "UTC"
    ticket_limit: int | None = None
    is_everywhere: bool = False
    taggable: bool = False
    event_ids: Collection[int] = ()
    price_level_ids: Collection[int] = ()
    bundle_ids: Collection[int] = ()
    blackout: Any = None


def _limit(value: int) -> int:
    if not 1 <= value <= LARGEST_LIMIT:
        raise Wrong(say("Give a limit from 1 to {largest} uses.", largest=LARGEST_LIMIT))
    return value


def _ids(value: Collection[int] | None) -> list[int]:
    return sorted(set(value or ()))


_tickets = values.whole_number(0, LARGEST_LIMIT, 0)
CHECKS: dict[str, values.Check] = {
    "start": moments.written,
    "end": moments.written,
    "limit": _limit,
    "is_shared": values.flag(False),
    "timezone": moments.zone,
    "ticket_limit": lambda value: _tickets(value) or None,
    "is_everywhere": values.flag(False),
    "taggable": values.flag(False),
    "event_ids": _ids,
    "price_level_ids": _ids,
    "bundle_ids": _ids,
    "blackout": blackouts.taken,
}


def assign(partner_ids: Collection[int], coupon_ids: Collection[int], terms: Terms) -> list[CouponOffer]:
    """Assign coupons of one of the sellers: an offer of each, all or none.

    Raises Forbidden for a coupon of nobody among the sellers, existing or not; Invalid for wrong terms and for ids that are not
    the seller's; Refused for what a coupon's type forbids.
    """
    if not 1 <= len(coupon_ids) <= MOST_COUPONS:
        raise Invalid("coupon_ids", say("Name 1 to {most} coupons.", most=MOST_COUPONS))
    taken = checked(terms._asdict(), CHECKS)
    when = when_of(taken)
    with transaction():
        coupons = _locked(partner_ids, sorted(set(coupon_ids)))
        assignment = _begin(_seller_of(coupons), taken, when, coupons, len(coupons))
        return attach(assignment, [coupon.id for coupon in coupons])


def begin(partner_id: int, terms: Terms, like: Coupon, count: int) -> CouponAssignment:
    """In the transaction around: an assignment that so many coupons which are like this one will come under. Raises as `assign`."""
    taken = checked(terms._asdict(), CHECKS)
    return _begin(partner_id, taken, when_of(taken), [like], count)


def attach(assignment: CouponAssignment, coupon_ids: list[int]) -> list[CouponOffer]:
    """In the transaction around: an offer of each of these coupons, which are of the type that the assignment was made for."""
    CouponOffer.insert_many([{"assignment": assignment.id, "coupon": each} for each in coupon_ids]).execute()
    Coupon.update(modified_at=clock.now()).where(Coupon.id.in_(coupon_ids)).execute()
    its = (CouponOffer.assignment == assignment, CouponOffer.coupon.in_(coupon_ids))
    return list(CouponOffer.select().where(*its).order_by(CouponOffer.id))


def when_of(taken: dict[str, Any]) -> moments.Span:
    """From when until when the checked terms are good. Raises Invalid."""
    try:
        return moments.moments(taken["start"], taken["end"], taken["timezone"])
    except Wrong as wrong:
        raise Invalid("end_date", wrong.sentence) from None


def columns(taken: dict[str, Any], when: moments.Span) -> dict[str, Any]:
    """The columns of checked terms."""
    return {
        "is_shared": taken["is_shared"], "starts_on": taken["start"], "ends_on": taken["end"],
        "timezone": taken["timezone"], "starts_at": when.starts_at, "ends_at": when.ends_at, "use_limit": taken["limit"],
        "ticket_limit": taken["ticket_limit"], "is_everywhere": taken["is_everywhere"], "taggable": taken["taggable"],
        "blackout": taken["blackout"],
    }  # fmt: skip


def _begin(
    partner_id: int, taken: dict[str, Any], when: moments.Span, coupons: Collection[Coupon], count: int
) -> CouponAssignment:  # fmt: skip
    scope.refuse_wrong(partner_id, taken, coupons)
    assignment = CouponAssignment.create(partner=partner_id, **columns(taken, when))
    scope.put(assignment, taken)
    log.record(partner_id, "coupon_assignment.created", THING, assignment.uuid, {"coupons": count})
    return assignment


def _locked(partner_ids: Collection[int], ids: list[int]) -> list[Coupon]:
    """The coupons, which change neither their type nor their code until the commit."""
    _LOCK_COUPONS.values(ids=ids, partners=list(partner_ids))
    found = list(Coupon.select().where(Coupon.id.in_(ids), Coupon.partner.in_(list(partner_ids))).order_by(SQL("id")))
    if len(found) < len(ids):
        raise Forbidden(NOT_THEIRS)
    return found


def _seller_of(coupons: list[Coupon]) -> int:
    sellers = {coupon.partner_id for coupon in coupons}
    if len(sellers) > 1:
        raise Invalid("coupon_ids", say("The coupons are of several sellers. Assign those of one at a time."))
    return sellers.pop()
