"""Deals as their merchant reads them: a page of the list, what is new above it, and the totals of what is filtered."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import periods
from portal.domain.affiliate.deal_lists.filters import Filter, where_of
from portal.domain.affiliate.deals.queries import time_of
from portal.domain.affiliate.deals.rows import DealRow
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.affiliate.figures import sold_days
from portal.domain.affiliate.payouts import paid_out
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import MOST, KeyPage

SELECT = """SELECT d.id, d.uuid, d.deal_id, m.uid, d.offer_name, c.title AS catalog_title, p.name AS partner, d.cost,
    d.payment_sum, d.currency, d.status, d.approved_at IS NOT NULL AS is_approved, d.is_returned, d.conversion_time, d.modified_at
    FROM deal d JOIN catalog c ON c.id = d.catalog_id
    LEFT JOIN promotion m ON m.id = d.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id"""
_SUMS = """SELECT currency, COUNT(*) AS deals, COUNT(*) FILTER (WHERE status = 'Canceled') AS canceled,
    COALESCE(SUM(cost) FILTER (WHERE {sold}), 0) AS cost, COALESCE(SUM(payment_sum), 0) AS reward
    FROM (SELECT d.currency, d.status, d.cost, d.payment_sum FROM deal d"""
_SOLD, _UNSOLD = (_SUMS.format(sold=f"status {is_} 'Canceled'") for is_ in ("<>", "="))
MOST_SUMMED = 20_000  # of deals of any time: they are read one by one
_ABOVE = "SELECT d.id FROM deal d"
_KEY = "d.conversion_time, d.id"
_CURRENCIES = Statement(
    """SELECT DISTINCT p.currency FROM offer o JOIN offer_price p ON p.offer_id = o.id
    WHERE o.partner_id = :partner ORDER BY p.currency"""
)


class Total(NamedTuple):
    """What deals in one currency sum up to, in minor units. A canceled one sells and earns nothing."""

    currency: str
    deals: int
    canceled: int
    cost: int
    reward: int


class Totals(NamedTuple):
    """How many deals are listed and how many of them are canceled, with the sums of each currency."""

    deals: int
    canceled: int
    sums: list[Total]


def page(
    partner_id: int,
    chosen: Filter,
    before: int | None = None,
    after: int | None = None,
    is_oldest_first: bool = False,
) -> KeyPage:
    """Fifty deals, newest or oldest first, each a DealRow: all, or those before or after the deal with this id."""
    below, above = (None if place is None else (time_of(partner_id, place), place) for place in (before, after))
    return key_pages.read(SELECT, _KEY, where_of(partner_id, chosen), DealRow, below, above, is_oldest_first)


def seen(partner_id: int, chosen: Filter, newest: int) -> list[DealRow]:
    """The fifty that begin with the deal of this id: what somebody looks at."""
    below = (time_of(partner_id, newest), newest + 1)
    return key_pages.read(SELECT, _KEY, where_of(partner_id, chosen), DealRow, below).rows


def totals(partner_id: int, chosen: Filter, zone: str = "UTC") -> Totals | None:
    """The sums of exactly what is filtered, the currency with most deals first; where canceled deals alone are asked for,
    `cost` is what was not sold. None for more than MOST_SUMMED deals of any time.
    """
    period = periods.last(periods.USUAL, zone)
    if chosen == Filter(since=clock.from_micros(period.since), until=clock.from_micros(period.until)):
        return _of_days(sold_days.days(partner_id, period.stretches))
    if not chosen.since and _are_known_to_be_many(partner_id, chosen):
        return None
    sums = _sums(partner_id, chosen)
    deals = sum(one.deals for one in sums)
    if not chosen.since and deals > MOST_SUMMED:
        return None
    exact = [one._replace(cost=int(one.cost), reward=int(one.reward)) for one in sums]
    return Totals(deals, sum(one.canceled for one in sums), exact)


def _sums(partner_id: int, chosen: Filter) -> list[Total]:
    where, head = where_of(partner_id, chosen), _UNSOLD if chosen.status == CANCELED else _SOLD
    limit, most = ("", {}) if chosen.since else ("LIMIT :most", {"most": MOST_SUMMED + 1})
    tail = f"{limit}) AS listed GROUP BY currency ORDER BY COUNT(*) DESC, currency"
    return where.every(head, tail, Total).rows(**where.given, **most)


def _are_known_to_be_many(partner_id: int, chosen: Filter) -> bool:
    """Whether the deals are found by nothing but what became of their rewards, and are many: each would be looked at."""
    is_narrow = chosen.text or chosen.promotion or chosen.offer or chosen.catalog
    return not is_narrow and chosen.only in paid_out.WORDS and not paid_out.are_few(partner_id, chosen.only)


def _of_days(days: list[sold_days.Day]) -> Totals:
    """Those of the last thirty days, of which those that are known are not read again."""
    sums: dict[str, Total] = {}
    for code, sold in (each for day in days for each in day.sold.items()):
        known = sums.get(code, Total(code, 0, 0, 0, 0))
        sums[code] = Total(code, known.deals + sold.deals, 0, known.cost + sold.cost, known.reward + sold.earned)
    listed = sorted((one for one in sums.values() if one.deals), key=lambda one: (-one.deals, one.currency))
    return Totals(sum(day.deals for day in days), sum(day.canceled for day in days), listed)


def count_above(partner_id: int, chosen: Filter, newest: int) -> int:
    """How many deals came after the one with this id; counted up to one more than a page."""
    where = where_of(partner_id, chosen)
    where.add(f"({_KEY}) > (:time, :newest)", time=time_of(partner_id, newest), newest=newest)
    statement = where.first(_ABOVE, "ORDER BY d.conversion_time DESC, d.id DESC LIMIT :most")
    return len(statement.values(**where.given, most=MOST + 1))


def currencies(partner_id: int) -> list[str]:
    """The currencies that the merchant has prices in."""
    return _CURRENCIES.values(partner=partner_id)


def of_catalog(partner_id: int, catalog: int, most: int = 5) -> list[DealRow]:
    """The latest deals of a catalog."""
    return page(partner_id, Filter(catalog=catalog)).rows[:most]


def of_offer(partner_id: int, offer: int, most: int = 10) -> list[DealRow]:
    """The latest deals of an offer."""
    return page(partner_id, Filter(offer=offer)).rows[:most]
