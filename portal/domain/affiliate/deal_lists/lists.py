"""Deals as their merchant reads them: a page of the list, what is new above it, and the totals of what is filtered."""

from dataclasses import replace
from typing import NamedTuple

from portal.database import Statement
from portal.domain import key_pages, periods
from portal.domain.affiliate.deal_lists.filters import Filter, where_of
from portal.domain.affiliate.deals.queries import time_of
from portal.domain.affiliate.deals.rows import DealRow
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.figures import sold_days
from portal.domain.affiliate.payouts import paid_out
from portal.domain.key_pages import MOST, KeyPage

SELECT = """SELECT d.id, d.uuid, d.deal_id, m.uid, d.offer_name, c.title AS catalog_title, p.name AS partner, d.cost,
    d.payment_sum, d.currency, d.status, d.approved_at IS NOT NULL AS is_approved, d.is_returned, d.conversion_time, d.modified_at
    FROM deal d JOIN catalog c ON c.id = d.catalog_id
    LEFT JOIN promotion m ON m.id = d.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id"""
_TOTALS = "SELECT d.currency, COUNT(*) AS deals, SUM(d.cost) AS cost, SUM(d.payment_sum) AS reward FROM deal d"
_ABOVE = "SELECT d.id FROM deal d"
_KEY = "d.conversion_time, d.id"
_CURRENCIES = Statement(
    """SELECT DISTINCT p.currency FROM offer o JOIN offer_price p ON p.offer_id = o.id
    WHERE o.partner_id = :partner ORDER BY p.currency"""
)


class Total(NamedTuple):
    """What deals in one currency sum up to, in minor units."""

    currency: str
    deals: int
    cost: int
    reward: int


def page(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty deals, newest first, each a DealRow: all, or those before or after the deal with this id."""
    below, above = (None if place is None else (time_of(partner_id, place), place) for place in (before, after))
    return key_pages.read(SELECT, _KEY, where_of(partner_id, chosen), DealRow, below, above)


def seen(partner_id: int, chosen: Filter, newest: int) -> list[DealRow]:
    """The fifty that begin with the deal of this id: what somebody looks at."""
    below = (time_of(partner_id, newest), newest + 1)
    return key_pages.read(SELECT, _KEY, where_of(partner_id, chosen), DealRow, below).rows


def totals(partner_id: int, chosen: Filter, zone: str = "UTC") -> list[Total]:
    """The sums of what is filtered, one a currency, the currency with most deals first. Give it a `bounded` filter.

    A canceled deal sells and earns nothing, so it counts only where canceled deals are asked for.
    """
    if chosen == Filter(since=promotion_figures.begins(zone)):
        return _totals_of_days(partner_id, zone)
    where = where_of(partner_id, chosen)
    if not chosen.status:
        where.add("d.status <> 'Canceled'")
    tail = "GROUP BY d.currency ORDER BY COUNT(*) DESC, d.currency"
    sums = key_pages.statement(_TOTALS, tuple(where.texts), tail, Total).rows(**where.given)
    return [one._replace(cost=int(one.cost), reward=int(one.reward)) for one in sums]


def _totals_of_days(partner_id: int, zone: str) -> list[Total]:
    """Those of the last thirty days, of which those that are known are not read again."""
    sums: dict[str, Total] = {}
    for day in sold_days.days(partner_id, periods.last(periods.USUAL, zone).stretches):
        for code, sold in day.sold.items():
            known = sums.get(code, Total(code, 0, 0, 0))
            sums[code] = Total(code, known.deals + sold.deals, known.cost + sold.cost, known.reward + sold.earned)
    return sorted((one for one in sums.values() if one.deals), key=lambda one: (-one.deals, one.currency))


def bounded(partner_id: int, chosen: Filter, zone: str) -> Filter:
    """The filter that sums are made of: the last thirty days of the time zone where it names no beginning and its deals are
    not known to be few, so that an index serves it."""
    if chosen.since or chosen.text or paid_out.are_few(partner_id, chosen.only):
        return chosen
    return replace(chosen, since=promotion_figures.begins(zone))


def count_above(partner_id: int, chosen: Filter, newest: int) -> int:
    """How many deals came after the one with this id; counted up to one more than a page."""
    where = where_of(partner_id, chosen)
    where.add(f"({_KEY}) > (:time, :newest)", time=time_of(partner_id, newest), newest=newest)
    statement = key_pages.statement(
        _ABOVE, tuple(where.texts), "ORDER BY d.conversion_time DESC, d.id DESC LIMIT :most"
    )
    return len(statement.values(**where.given, most=MOST + 1))


def currencies(partner_id: int) -> list[str]:
    """The currencies that the merchant has prices in."""
    return _CURRENCIES.values(partner=partner_id)


def of_catalog(partner_id: int, catalog: int, most: int = 5) -> list[DealRow]:
    """The latest deals of a catalog."""
    return page(partner_id, Filter(catalog=catalog)).rows[:most]
