"""What both sides see beside a promotion in their lists: what it brought, in as many queries for fifty as for one."""

from collections.abc import Sequence
from datetime import datetime

from portal import clock
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.figures.promotions import Sums


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
    def conversion(self) -> float | None:
        """The percentage of clicks that became deals; None without clicks."""
        return self.deals * 100 / self.clicks if self.clicks else None


def count(rows: Sequence[Brought], merchant_ids: list[int], zone: str) -> None:
    """Write to each row what it brought; the merchants are those of the rows, the thirty days those of the time zone."""
    ids = [row.id for row in rows]
    counts = promotion_figures.counts(ids, promotion_figures.begins(zone))
    held = promotion_figures.held(ids, merchant_ids)
    due = promotion_figures.due(ids)
    for row in rows:
        row.clicks, row.visitors, row.deals = counts[row.id]
        row.held, row.due = held.get(row.id, {}), due.get(row.id, {})
