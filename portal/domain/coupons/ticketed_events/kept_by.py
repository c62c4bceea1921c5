"""What a bundle or a listing is kept by: the sentence that refuses to take it away, for its page to say before anybody asks."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.sentences import counted, joined, say


class _Codes(NamedTuple):
    written: str
    found: int


class _Held(NamedTuple):
    name: str
    found: int


_RESERVED_BUNDLE = Statement("SELECT COUNT(DISTINCT reservation_id) FROM reservation_line WHERE bundle_id = :bundle")
_RESERVED_AT = Statement("SELECT COUNT(*) FROM reservation WHERE listing_id = :listing")
_CODES = Statement(
    """SELECT MIN(c.written) AS written, COUNT(*) AS found FROM coupon c WHERE c.id IN (SELECT o.coupon_id FROM coupon_offer o
    JOIN coupon_assignment a ON a.id = o.assignment_id JOIN assigned_bundle v ON v.assignment_id = a.id
    WHERE v.bundle_id = :bundle AND a.ended_at IS NULL)""",
    _Codes,
)
# Of what the listing sells no more, and whose time is not over.
_HELD = Statement(
    """SELECT p.name, COUNT(DISTINCT r.id) AS found FROM listing l JOIN reservation r ON r.partner_id = l.partner_id
        AND r.listing_id = l.id AND r.state = 'held'
    JOIN reservation_line n ON n.reservation_id = r.id LEFT JOIN bundle_level b ON b.bundle_id = n.bundle_id
    JOIN price_level p ON p.id = COALESCE(n.price_level_id, b.price_level_id)
    WHERE l.id = :listing AND p.id NOT IN (SELECT price_level_id FROM listing_level WHERE listing_id = :listing)
    GROUP BY p.id, p.name ORDER BY p.id""",
    _Held,
)


def bundle(bundle_id: int) -> str | None:
    """Why the bundle stays: reservations, or coupons that are good for it. None where nothing keeps it."""
    reserved = _reserved(bundle_id)
    if reserved:
        return joined([reserved, say("Change its name or its price instead.")])
    codes = _CODES.rows(bundle=bundle_id)[0]
    if not codes.found:
        return None
    which = counted(
        codes.found, "The coupon {code} is assigned to it.", "{number} coupons are assigned to it, {code} among them.",
        code=codes.written,
    )  # fmt: skip
    return joined([which, say("Take it out of the assignment first, which the coupon’s page leads to.")])


def levels_of_bundle(bundle_id: int) -> str | None:
    """Why it keeps its price levels."""
    reserved = _reserved(bundle_id)
    return reserved and joined([reserved, say("It keeps its price levels. Make another bundle.")])


def listing(listing_id: int) -> str | None:
    """Why the listing stays: reservations, whose record names it."""
    found = _RESERVED_AT.value(listing=listing_id)
    if not found:
        return None
    made = counted(found, "1 reservation was made at it.", "{number} reservations were made at it.")
    return joined([made, say("It stays for their record. Close its demo shop instead, or change what it sells.")])


def levels_of_listing(listing_id: int) -> str | None:
    """Why a price level that it was just made to sell no more stays: somebody may still use a code on tickets of it."""
    held = _HELD.rows(listing=listing_id)
    if not held:
        return None
    now = counted(
        held[0].found, "Tickets of {level} are held here now, in 1 reservation.",
        "Tickets of {level} are held here now, in {number} reservations.", level=held[0].name,
    )  # fmt: skip
    return joined([now, say("Close its demo shop, and try again in 15 minutes at the latest.")])


def _reserved(bundle_id: int) -> str | None:
    found = _RESERVED_BUNDLE.value(bundle=bundle_id)
    return counted(found, "It was reserved once.", "It was reserved {number} times.") if found else None
