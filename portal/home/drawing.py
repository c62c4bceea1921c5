"""The figures of a side as tiles and charts; both sides are drawn alike. Sums of different currencies are never added."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from flask import g, url_for

from portal.domain import money
from portal.domain.affiliate.deals.standing import SAID
from portal.domain.affiliate.figures.figures import Days, Figures, Sums
from portal.domain.affiliate.figures.tops import Top
from portal.domain.sentences import say
from portal.home import tiles
from portal.home.asked import CLICKS, DEALS, REWARDS, SALES, VISITORS, Asked
from portal.home.tiles import Tile
from portal.web import charts, formats
from portal.web.charts import Figure, Series


class Drawn(NamedTuple):
    """What the page shows, in its order: what the chart can show, the chart, the currencies that it can be of, the rest."""

    measures: list[Tile]
    chart: Figure
    currency: str | None
    currencies: list[str]
    others: list[Tile]
    ranked: list[Figure]


def drawn(figures: Figures, asked: Asked, tops: list[Figure | None]) -> Drawn:
    """Tiles and charts of a period."""
    standing = [(SAID[status], count) for status, count in figures.statuses.items()]
    by_status = charts.ranked(say("Deals by status"), standing, name=say("Deals"), first_column=say("Status"))
    currencies = _currencies(figures) if asked.measure in (SALES, REWARDS) else []
    currency = _currency(asked, currencies)
    return Drawn(
        tiles.measures(figures, asked),
        _CHARTS[asked.measure](figures, asked, currency),
        currency if currencies else None,
        currencies,
        tiles.others(figures, asked),
        [by_status, *(figure for figure in tops if figure)],
    )


def ranked(title: str, tops: list[Top], name: str, endpoint: str | None, parameter: str) -> Figure | None:
    """The few with most, each leading to its page if there is one; None without any."""
    which: list[dict[str, Any]] = [{parameter: top.key} for top in tops]
    links = [url_for(endpoint, **one) for one in which] if endpoint else []
    pairs = [(top.name, top.number) for top in tops]
    return charts.ranked(title, pairs, name=name, links=links) if pairs else None


def _currencies(figures: Figures) -> list[str]:
    """Those in which something was sold or earned, the partner's own first."""
    return formats.own_first({**_total(figures.sold), **_total(figures.pending), **_total(figures.approved)})


def _total(days: Days) -> Sums:
    return {code: sum(sums) for code, sums in days.items() if any(sums)}


def _currency(asked: Asked, known: list[str]) -> str:
    if asked.currency in known:
        return asked.currency
    return known[0] if known else g.partner.currency


def _sales(figures: Figures, asked: Asked, code: str) -> Figure:
    sums = figures.sold.get(code) or [0] * len(asked.period.days)
    return charts.bars(
        say("Sales per day, {currency}", currency=code),
        asked.period.days,
        _units(sums, code),
        name=say("Sales"),
        write=_writer(code),
    )


def _rewards(figures: Figures, asked: Asked, code: str) -> Figure:
    nothing = [0] * len(asked.period.days)
    series = [
        Series(say("Approved"), _units(figures.approved.get(code) or nothing, code)),
        Series(say("Held"), _units(figures.pending.get(code) or nothing, code)),
    ]
    return charts.stacked_bars(
        say("Rewards per day, {currency}", currency=code), asked.period.days, series, write=_writer(code)
    )


def _counts(title: str, name: str, of: Callable[[Figures], list[int]]):
    def draw(figures: Figures, asked: Asked, code: str) -> Figure:
        return charts.line(title, asked.period.days, [Series(name, of(figures))])

    return draw


_CHARTS = {
    SALES: _sales,
    DEALS: _counts(say("Deals per day"), say("Deals"), lambda figures: figures.deals),
    CLICKS: _counts(say("Clicks per day"), say("Clicks"), lambda figures: figures.clicks),
    VISITORS: _counts(say("Visitors per day"), say("Visitors"), lambda figures: figures.visitors),
    REWARDS: _rewards,
}


def _units(sums: list[int], code: str) -> list[Decimal]:
    return [money.to_decimal(total, code) for total in sums]


def _writer(code: str):
    def write(value: float | Decimal | None) -> str:
        return f"{formats.number(value, money.exponent(code))}{formats.NO_BREAK}{code}"

    return write
