"""Every coupon that a filter lets through, for a file that the import reads again."""

from collections.abc import Iterator
from typing import NamedTuple

from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.filters import Filter, where_of

AT_ONCE = 500
_FIELDS = (
    "id", "written", "name", "kind", "amount", "amount_type", "currency", "threshold", "budget", "customer_limit",
    "minimum_tickets", "opens", "is_alone", "rank", "ended_at", "uses", "spent",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(f'c.{field}' for field in _FIELDS)} FROM coupon c"
_TAIL = "ORDER BY c.id DESC LIMIT :most"


class ExportedCoupon(NamedTuple):
    """A coupon; sums are minor units of its currency, percentages hundredths."""

    id: int
    written: str
    name: str
    kind: int
    amount: int | None
    amount_type: str | None
    currency: str | None
    threshold: int | None
    budget: int | None
    customer_limit: int | None
    minimum_tickets: int | None
    opens: bool
    is_alone: bool
    rank: int
    ended_at: int | None
    uses: int
    spent: int


def each(partner_id: int, chosen: Filter) -> Iterator[tuple[ExportedCoupon, list[str]]]:
    """All that fit, newest first, each with its tags: read in portions by key while they are sent."""
    where = where_of(partner_id, chosen)
    rows = where.first(_SELECT, _TAIL, ExportedCoupon).rows(**where.given, most=AT_ONCE)
    where.add("c.id < :below")
    following = where.first(_SELECT, _TAIL, ExportedCoupon)
    while rows:
        tagged = tags.of([row.id for row in rows])
        yield from ((row, tagged[row.id]) for row in rows)
        rows = following.rows(**where.given, below=rows[-1].id, most=AT_ONCE) if len(rows) == AT_ONCE else []
