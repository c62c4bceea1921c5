"""Coupons over JSON (contract: coupons)."""

from typing import Any

from portal.api import names
from portal.coupons.coupons import wire
from portal.coupons.coupons.schemas import CouponChange, CouponCreate, CouponFields, CouponFilter
from portal.coupons.sellers import PAGE, Seller
from portal.database import transaction
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.coupons import sellers
from portal.domain.coupons.assignments import lists as offers
from portal.domain.coupons.coupons import coupons, kinds, lists
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import Forbidden, Invalid, NotFound
from portal.domain.identifiers import typed_id
from portal.domain.members import finding
from portal.domain.sentences import say
from portal.domain.values import Wrong

_NAMES = {"type": "kind", "customer_id": "member_id", "combinable": "is_alone"}
_ELSEWHERE = ("active", "sellerId")


def index(caller: Credential, query: CouponFilter) -> list[dict]:
    """The coupons by their ids, or those that changed since a moment: that second's are among them, so that none is lost."""
    seller_id = sellers.named(caller.partner_id, caller.reach, query.sellerId)
    since = query.modifiedSince and query.modifiedSince * 1_000_000
    return [wire.coupon(row) for row in lists.page(seller_id, PAGE, query.skipped, since)]


def show(caller: Credential, coupon_id: str) -> dict:
    """A coupon with what it is assigned to. One that is out of the token’s reach is a 403, whether there is one or not."""
    try:
        coupon = _own(caller, coupon_id)
    except NotFound as error:
        raise Forbidden(error.sentence) from None
    return wire.details(coupon, offers.of_coupon(coupon.id))


def create(caller: Credential, body: CouponCreate, query: Seller) -> dict:
    """Make a coupon. It is good for nothing until it is assigned by `POST /api/coupons-assignment`."""
    seller_id = sellers.named(caller.partner_id, caller.reach, body.seller_or(query))
    with names.of_wire(_NAMES), transaction():
        coupon = coupons.create(seller_id, Given(**_asked(seller_id, body)))
        if body.active is False:
            coupon = coupons.end(seller_id, coupon.id)
    return wire.made(coupon)


def change(caller: Credential, coupon_id: str, body: CouponChange) -> dict:
    """Set the fields that are sent; `null` clears. Uses that are held keep what they were granted."""
    found = _own(caller, coupon_id)
    with names.of_wire(_NAMES), transaction():
        coupon = coupons.change(found.partner_id, found.id, _asked(found.partner_id, body))
        if body.active is not None:
            coupon = (coupons.resume if body.active else coupons.end)(found.partner_id, found.id)
    return wire.made(coupon)


def _own(caller: Credential, coupon_id: str) -> Coupon:
    number = typed_id(coupon_id)
    its = (Coupon.id == number, Coupon.partner.in_(sellers.reached(caller.partner_id, caller.reach)))
    coupon = Coupon.get_or_none(*its) if number else None
    if coupon is None:
        raise NotFound(say("coupon"))
    return coupon


def _asked(seller_id: int, body: CouponFields) -> dict[str, Any]:
    """The fields of a Given that were sent."""
    given = body.given(*_ELSEWHERE)
    for name, read in (("type", _kind), ("combinable", _is_alone)):
        if name in given:
            given[name] = read(given[name])
    if given.get("customer_id") is not None:
        given["customer_id"] = finding.number(seller_id, given["customer_id"]) or 0  # Nobody has this id.
    return {_NAMES.get(name, name): value for name, value in given.items()}


def _kind(word: str | None) -> int:
    try:
        return kinds.number_of(word or "")
    except Wrong as wrong:
        raise Invalid("type", wrong.sentence) from None


def _is_alone(combinable: bool | None) -> bool:
    return combinable is False
