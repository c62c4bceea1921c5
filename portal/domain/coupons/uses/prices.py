"""What a customer pays for one ticket of what a coupon covers: the face price, and the price with it. Sums are minor units."""

from typing import NamedTuple

from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.coupons.uses import amounts
from portal.domain.coupons.uses.amounts import Line, Terms
from portal.domain.coupons.uses.steps import Case


class Price(NamedTuple):
    """A price level that is covered, and what a ticket of it costs with the coupon."""

    level: PriceLevel
    pays: int


def with_coupon(terms: Terms, face: int) -> int:
    """What is left of a face price."""
    return face - amounts.together(amounts.shares(terms, [Line(0, face, 1)]))


def of(case: Case) -> list[Price]:
    """Those that the listing sells and the coupon covers."""
    event_id = case.place.event_id if case.place else 0
    covered = [level for level in case.sold.levels if case.scope.covers(event_id, level)]
    levels = PriceLevel.select().where(PriceLevel.id.in_(covered)).order_by(PriceLevel.id)
    return [Price(level, with_coupon(case.row.terms, level.price)) for level in levels]
