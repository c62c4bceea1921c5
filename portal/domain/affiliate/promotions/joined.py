"""The catalogs of a merchant's promoters, each with what it brought: beside one promoter, and beside fifty of a list."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.domain.affiliate.promotions import brought
from portal.domain.affiliate.promotions.brought import Brought
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions

# A deal's moment leads the index of a promotion's deals, so that the last one is a look.
_SELECT = """SELECT m.id, m.uid, m.promoter_id, m.state, m.ended_by, m.created_at, c.title, c.short_code,
    (SELECT MAX(d.conversion_time) FROM deal d WHERE d.promotion_id = m.id) AS last_deal_at
    FROM catalog c JOIN promotion m ON m.catalog_id = c.id"""


class JoinedColumns(NamedTuple):
    """A catalog that a promoter sells, sold or would sell; `last_deal_at` in microseconds."""

    id: int
    uid: str
    promoter_id: int
    state: str
    ended_by: str | None
    created_at: int
    title: str
    short_code: str
    last_deal_at: int | None


class Joined(JoinedColumns, Brought):
    """The same with what the promoter brought there."""

    @property
    def last_deal(self) -> datetime | None:
        """When the last deal was reported."""
        return None if self.last_deal_at is None else clock.from_micros(self.last_deal_at)


class Whose(NamedTuple):
    """Which: a merchant's promoters, in one catalog, in all that are not archived, or in really all."""

    merchant_id: int
    promoter_ids: list[int]
    catalog: int | None = None
    with_archived: bool = False


def by_promoter(whose: Whose, zone: str, first: str) -> dict[int, list[Joined]]:
    """By promoter: the catalogs in the state `first` before the others, of alike ones the latest joined first.

    The last thirty days are those of the time zone.
    """
    found = sorted(_rows(whose), key=lambda row: (row.state != first, -row.id))
    brought.count(found, [whose.merchant_id], zone)
    theirs: dict[int, list[Joined]] = defaultdict(list)
    for row in found:
        theirs[row.promoter_id].append(row)
    return theirs


def _rows(whose: Whose) -> list[Joined]:
    if not whose.promoter_ids:
        return []
    where = Conditions()
    where.add("c.partner_id = :merchant", merchant=whose.merchant_id)
    where.add("m.promoter_id IN :promoters", promoters=whose.promoter_ids)
    if whose.catalog is not None:
        where.add("c.id = :catalog", catalog=whose.catalog)
    elif not whose.with_archived:
        where.add("c.archived_at IS NULL")
    return key_pages.statement(_SELECT, tuple(where.texts), "", Joined).rows(**where.given)
