"""Coupons as the API answers them (contract: coupons)."""

from typing import Any

from portal import clock
from portal.domain.coupons.assignments.lists import Offer
from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.lists import CouponLine
from portal.domain.coupons.coupons.tables import FIXED
from portal.domain.coupons.coupons.tables import Coupon as CouponRow


def coupon(row: CouponLine) -> dict[str, Any]:
    """A Coupon."""
    told = {"id": row.id, "name": row.name, "type": KINDS[row.kind].word, "code": row.written}
    if row.amount is not None:
        told |= {"amount": _amount(row.amount_type, row.amount), "amount_type": row.amount_type}
    if row.amount_type == FIXED:
        told["currency"] = row.currency
    told["modified_time"] = row.modified_at // 1_000_000
    return told


def details(row: CouponRow, offers: list[Offer]) -> dict[str, Any]:
    """A CouponDetails."""
    return coupon(_line(row)) | {"offers": [_offer(each) for each in offers]}


def made(row: CouponRow) -> dict[str, Any]:
    """A MadeCoupon."""
    return coupon(_line(row)) | {
        "currency": row.currency,
        "threshold": row.threshold,
        "budget": row.budget,
        "customer_limit": row.customer_limit,
        "minimum_tickets": row.minimum_tickets,
        "opens": row.opens or KINDS[row.kind].opens,
        "combinable": not row.is_alone,
        "rank": row.rank,
        "customer_id": row.member and row.member.uuid,
        "tags": tags.of([row.id])[row.id],
        "active": row.ended_at is None,
        "sellerId": row.partner_id,
    }


def _line(row: CouponRow) -> CouponLine:
    moment = clock.to_micros(row.modified_at)
    return CouponLine(row.id, row.name, row.kind, row.written, row.amount_type, row.amount, row.currency, moment)


def _amount(amount_type: str | None, amount: int) -> int | float:
    """Minor units, or a percentage: whole where it is."""
    if amount_type == FIXED:
        return amount
    return amount / 100 if amount % 100 else amount // 100


def _offer(each: Offer) -> dict[str, Any]:
    terms, covered = each.assignment, each.covered
    return {
        "id": each.offer.id,
        "timezone": terms.timezone,
        "start_date": terms.starts_on,
        "end_date": terms.ends_on,
        "limit": terms.use_limit,
        "ticket_limit": terms.ticket_limit or 0,
        "taggable": terms.taggable,
        "global": terms.is_everywhere,
        "assignments": [
            {
                "sellers": [terms.partner_id],
                "events": sorted(covered.events),
                "price_levels": sorted(covered.levels),
                "bundles": sorted(covered.bundles),
            }
        ],
    }
