"""Coupons as programs list them. Prebuilt, for programs ask for them all the time."""

from typing import NamedTuple

from portal.database import Statement

_COLUMNS = "id, name, kind, written, amount_type, amount, currency, modified_at"


class CouponLine(NamedTuple):
    """A coupon in a list; moments are microseconds."""

    id: int
    name: str
    kind: int
    written: str
    amount_type: str | None
    amount: int | None
    currency: str | None
    modified_at: int


_FIRST = Statement(f"SELECT {_COLUMNS} FROM coupon WHERE partner_id = :partner ORDER BY id LIMIT :most", row=CouponLine)
# What is skipped is read of an index alone.
_PAGE = Statement(
    f"""SELECT {_COLUMNS} FROM coupon WHERE partner_id = :partner
    AND id >= (SELECT id FROM coupon WHERE partner_id = :partner ORDER BY id LIMIT 1 OFFSET :skipped) ORDER BY id LIMIT :most""",
    row=CouponLine,
)
# What changed is found by an index alone, and put in order before anything more is read of it.
_CHANGED = Statement(
    f"""SELECT {_COLUMNS} FROM coupon WHERE id IN (SELECT id FROM coupon WHERE partner_id = :partner AND modified_at >= :since
        ORDER BY id LIMIT :most OFFSET :skipped) ORDER BY id""",
    row=CouponLine,
)


def page(partner_id: int, most: int, skipped: int, since: int | None = None) -> list[CouponLine]:
    """So many of the seller's coupons by their ids, after those that are skipped; those changed since a moment (microseconds)."""
    asked = {"partner": partner_id, "most": most}
    if since is not None:
        return _CHANGED.rows(**asked, skipped=skipped, since=since)
    return _PAGE.rows(**asked, skipped=skipped) if skipped else _FIRST.rows(**asked)
