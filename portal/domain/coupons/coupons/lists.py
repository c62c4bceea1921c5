"""Coupons as programs list them. Prebuilt, for programs ask for them all the time."""

from typing import NamedTuple

from portal.database import Statement

_COLUMNS = "c.id, c.name, c.kind, c.written, c.amount_type, c.amount, c.modified_at"


class CouponLine(NamedTuple):
    """A coupon in a list; moments are microseconds."""

    id: int
    name: str
    kind: int
    written: str
    amount_type: str | None
    amount: int | None
    modified_at: int


# The page is found in an index alone, however far it is from the first.
_PAGE = Statement(
    f"""SELECT {_COLUMNS} FROM (SELECT id FROM coupon WHERE partner_id = :partner ORDER BY id LIMIT :most OFFSET :skipped) page
    JOIN coupon c ON c.id = page.id ORDER BY c.id""",
    row=CouponLine,
)
_CHANGED = Statement(
    f"""SELECT {_COLUMNS} FROM (SELECT id FROM coupon WHERE partner_id = :partner AND modified_at >= :since ORDER BY id
        LIMIT :most OFFSET :skipped) page
    JOIN coupon c ON c.id = page.id ORDER BY c.id""",
    row=CouponLine,
)


def page(partner_id: int, most: int, skipped: int, since: int | None = None) -> list[CouponLine]:
    """So many of the seller's coupons by their ids, after those that are skipped; those changed since a moment (microseconds)."""
    asked = {"partner": partner_id, "most": most, "skipped": skipped}
    return _PAGE.rows(**asked) if since is None else _CHANGED.rows(**asked, since=since)
