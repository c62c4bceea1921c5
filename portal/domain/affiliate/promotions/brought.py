"""What both sides see beside a promotion in their lists: what it brought, in as many queries for fifty as for one."""

from collections.abc import Sequence
from datetime import datetime

from portal import clock
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.figures.promotions import Sums, added


class Brought:
    """Clicks, visitors and deals of the last thirty days, and rewards that are open, in minor units by currency."""

    id: int
    created_at: int
    clicks: int
    visitors: int
    deals: int
    held: Sums
    due: Sums

    @property
    def joined(self) -> datetime:
        """When the promoter first asked to join."""
        return clock.from_micros(self.created_at)

    @property
    def open(self) -> Sums:
        """What is not paid out: pending and due together."""
        return added((self.held, self.due))

    @property
    def conversion(self) -> float | None:
        """The percentage of clicks that became deals; None without clicks."""
        return _conversion(self.deals, self.clicks)


class Total:
    """What several promotions of a promoter brought together."""

    def __init__(self, rows: Sequence[Brought]):
        self.clicks = sum(row.clicks for row in rows)
        self.visitors = sum(row.visitors for row in rows)
        self.deals = sum(row.deals for row in rows)
        self.held, self.due = added(row.held for row in rows), added(row.due for row in rows)
        self.open = added((self.held, self.due))
        self.conversion = _conversion(self.deals, self.clicks)


def count(rows: Sequence[Brought], merchant_ids: list[int], zone: str) -> None:
    """Write to each row what it brought; the merchants are those of the rows, the thirty days those of the time zone."""
    ids = [row.id for row in rows]
    counts = promotion_figures.counts(ids, promotion_figures.begins(zone))
    held = promotion_figures.held(ids, merchant_ids)
    due = promotion_figures.due(ids)
    for row in rows:
        row.clicks, row.visitors, row.deals = counts[row.id]
        row.held, row.due = held.get(row.id, {}), due.get(row.id, {})


def _conversion(deals: int, clicks: int) -> float | None:
    return deals * 100 / clicks if clicks else None
