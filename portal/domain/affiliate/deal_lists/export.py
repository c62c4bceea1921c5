"""All deals that are filtered, for a file: read in portions by key while it is sent, each a short read of its own."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.affiliate.deal_lists.filters import Filter, where_of

AT_ONCE = 500
# As the API names them, so that the file can be imported again.
COLUMNS = [
    "deal_id", "status", "is_returned", "offer", "catalog_code", "cost", "currency", "payment_sum", "promo_code",
    "another_data", "comment", "id", "catalog", "promoter", "uid", "conversion_time", "paid_at", "approved_at",
    "canceled_at", "refunded",
]  # fmt: skip
_SELECT = """SELECT d.conversion_time, d.id, d.uuid, d.deal_id, d.status, d.is_returned, d.offer_name, c.catalog_code,
    c.title AS catalog_title, d.cost, d.currency, d.payment_sum, p.name AS promoter, m.uid, d.promo_code, d.another_data, d.comment, d.paid_at,
    d.approved_at, d.canceled_at,
    (SELECT CAST(SUM(r.amount) AS BIGINT) FROM refund r WHERE r.deal_id = d.id) AS refunded
    FROM deal d JOIN catalog c ON c.id = d.catalog_id
    LEFT JOIN promotion m ON m.id = d.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id"""
_TAIL = "ORDER BY d.conversion_time DESC, d.id DESC LIMIT :most"


class ExportedDeal(NamedTuple):
    """A deal as the file has it: sums in minor units, times in microseconds."""

    conversion_time: int
    id: int
    uuid: str
    deal_id: str
    status: str
    is_returned: bool
    offer_name: str
    catalog_code: str
    catalog_title: str
    cost: int
    currency: str
    payment_sum: int
    promoter: str | None
    uid: str | None
    promo_code: str | None
    another_data: str | None
    comment: str | None
    paid_at: int | None
    approved_at: int | None
    canceled_at: int | None
    refunded: int | None

    @property
    def times(self) -> list[datetime | None]:
        """When it was reported, paid, approved and canceled."""
        moments = (self.conversion_time, self.paid_at, self.approved_at, self.canceled_at)
        return [None if moment is None else clock.from_micros(moment) for moment in moments]


def each(partner_id: int, chosen: Filter) -> Iterator[ExportedDeal]:
    """The filtered deals, newest first; what is reported while they are read is left out."""
    where = where_of(partner_id, chosen)
    rows = where.first(_SELECT, _TAIL, ExportedDeal).rows(**where.given, most=AT_ONCE)
    where.add("(d.conversion_time, d.id) < (:time, :id)")
    following = where.first(_SELECT, _TAIL, ExportedDeal)
    while rows:
        yield from rows
        if len(rows) < AT_ONCE:
            return
        rows = following.rows(**where.given, time=rows[-1].conversion_time, id=rows[-1].id, most=AT_ONCE)
