"""Codes that clicks draw from a batch of the coupon desk, one for each member, and that go back when they are not used.

Who draws holds the batch's row, as whoever mails codes of it does, so that no two get the same code; what has run out is settled by whoever draws, and by the worker.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from portal import clock
from portal.database import Statement, transaction
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons import unhanded
from portal.domain.errors import Invalid, Refused
from portal.domain.feed import listings
from portal.domain.feed.tables import DYNAMIC, FeedListing
from portal.domain.feed.ties.tables import DrawnCode, FeedPool
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say

LASTS = timedelta(days=30)
_HOLD = Statement(
    """SELECT b.id FROM coupon_batch b JOIN feed_pool f ON f.batch_id = b.id
    WHERE f.listing_id = :listing AND b.off_at IS NULL""",
    lock="FOR UPDATE OF b",
)
_KNOWN = Statement(
    """SELECT c.written FROM drawn_code d JOIN coupon c ON c.id = d.coupon_id
    WHERE d.listing_id = :listing AND d.by_id = :by AND d.member_key = :member AND d.returned_at IS NULL"""
)
# A customer who became known since.
_NAME = Statement(
    """UPDATE drawn_code SET member_id = :member WHERE listing_id = :listing AND by_id = :by AND member_key = :member_key
    AND returned_at IS NULL AND member_id IS NULL"""
)
_DRAWN_FOR = Statement(
    """SELECT d.member_id FROM drawn_code d WHERE d.coupon_id = :coupon AND d.returned_at IS NULL
    AND (d.due_at IS NULL OR d.due_at > :now)"""
)
_DRAWN_TO = Statement("SELECT drawn_to FROM feed_pool WHERE listing_id = :listing")
unhanded.CONDITIONS.append("NOT EXISTS (SELECT 1 FROM drawn_code d WHERE d.coupon_id = c.id AND d.returned_at IS NULL)")
_FREE = Statement(
    f"SELECT c.id FROM coupon c WHERE c.batch_id = :batch AND c.id > :after AND {unhanded.condition()} ORDER BY c.id LIMIT 1"
)
_REMEMBER = Statement("UPDATE feed_pool SET drawn_to = :coupon WHERE listing_id = :listing")
_WRITTEN = Statement("SELECT written FROM coupon WHERE id = :coupon")
_KEPT = Statement(
    """UPDATE drawn_code SET due_at = NULL WHERE partner_id = :partner AND due_at <= :now
    AND (SELECT c.uses FROM coupon c WHERE c.id = drawn_code.coupon_id) > 0"""
)
_BACK = Statement(
    "UPDATE drawn_code SET returned_at = due_at, due_at = NULL WHERE partner_id = :partner AND due_at <= :now"
)
_DUE = Statement(
    """SELECT d.partner_id FROM drawn_code d JOIN partner p ON p.id = d.partner_id
    WHERE d.due_at <= :now + p.clock_offset * 1000000 ORDER BY d.due_at LIMIT 1"""
)
_OFFSET = Statement("SELECT clock_offset FROM partner WHERE id = :partner")


def put(offer: Offer, given: Mapping[str, Any], batch_id: int | None) -> FeedListing:
    """As `listings.put`; a dynamic listing draws the codes of the batch. Raises Invalid for none, or another partner's."""
    with transaction():
        listing = listings.put(offer, given)
        its_own = FeedPool.delete().where(FeedPool.listing == listing.id)
        if listing.code_type != DYNAMIC:
            its_own.execute()
            return listing
        its = CouponBatch.select().where(CouponBatch.id == batch_id, CouponBatch.partner == offer.partner_id)
        if batch_id is None or not its.exists():
            raise Invalid("batch", say("Choose a batch of your coupons: each click draws a code of it."))
        its_own.where(FeedPool.batch != batch_id).execute()
        FeedPool.insert(listing=listing.id, batch=batch_id).on_conflict_ignore().execute()
    return listing


def batch_of(listing_id: int) -> int | None:
    """The batch whose codes the listing draws, if it draws any."""
    pool = FeedPool.get_or_none(FeedPool.listing == listing_id)
    return pool.batch_id if pool else None


def draw(listing_id: int, partner_id: int, by: int, member_key: str | None, member_id: int | None = None) -> str:
    """In a transaction: the code of the member, the same until it is used up or goes back; a new one for nobody in particular.
    `member_id` is that customer of the partner's.

    Raises Refused when the batch has none left.
    """
    batch = _HOLD.value(listing=listing_id)
    settle(partner_id)
    if member_key and (known := _KNOWN.value(listing=listing_id, by=by, member=member_key)):
        if member_id:
            _NAME.run(listing=listing_id, by=by, member_key=member_key, member=member_id)
        return known
    last, its = _DRAWN_TO.value(listing=listing_id), {"batch": batch, "partner": partner_id}
    coupon = _FREE.value(after=last, **its) or (_FREE.value(after=0, **its) if last else None)
    if coupon is None:
        raise Refused(say("All codes of this offer are drawn. Ask its partner for more, or try again later."))
    DrawnCode.create(
        partner=partner_id, listing=listing_id, by=by, coupon=coupon, member_key=member_key, member=member_id,
        due_at=clock.now() + LASTS,
    )  # fmt: skip
    _REMEMBER.run(listing=listing_id, coupon=coupon)
    return _WRITTEN.value(coupon=coupon)


def drawn_for(coupon_id: int) -> int | None:
    """The customer for whom the coupon is drawn now."""
    return _DRAWN_FOR.value(coupon=coupon_id, now=clock.micros())


def settle(partner_id: int) -> None:
    """Codes of the partner's whose time is over stay with whoever used them, and go back otherwise."""
    asked = {"partner": partner_id, "now": clock.micros()}
    _KEPT.run(**asked)
    _BACK.run(**asked)


def settle_next() -> bool:
    """The worker's: settle one partner whose codes are due; whether there was one."""
    partner_id = _DUE.value(now=clock.wall_micros())
    if partner_id is None:
        return False
    with clock.acting(_OFFSET.value(partner=partner_id)), transaction():
        settle(partner_id)
    return True
