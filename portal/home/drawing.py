"""The figures of a side as tiles and charts; both sides are drawn alike. Sums of different currencies are never added."""

from decimal import Decimal
from typing import NamedTuple

from flask import g, url_for

from portal.domain import money
from portal.domain.affiliate.deals.standing import SAID
from portal.domain.affiliate.figures.figures import Days, Figures, Sums
from portal.domain.affiliate.figures.tops import Top
from portal.domain.periods import Period
from portal.web import charts, formats
from portal.web.charts import Figure, Series

_MOST_CURRENCIES = 3  # drawn; the tiles have them all
_MOST_CHANGE = 900  # percent: beyond, a beginning is compared with next to nothing


class Drawn(NamedTuple):
    """What the page shows, in its order."""

    tiles: list[dict]
    daily: Figure
    rewards: list[Figure]
    paid: list[Figure]
    ranked: list[Figure]


def drawn(figures: Figures, period: Period, tops: list[Figure | None]) -> Drawn:
    """Tiles and charts of a period."""
    series = [Series("Deals", figures.deals), Series("Clicks", figures.clicks)]
    codes = formats.own_first({**figures.pending, **figures.approved})[:_MOST_CURRENCIES]
    standing = [(SAID[status], count) for status, count in figures.statuses.items()]
    by_status = charts.ranked("Deals by status", standing, name="Deals", first_column="Status")
    return Drawn(
        _tiles(figures, len(period.days)),
        charts.line("Deals and clicks per day", period.days, series),
        [
            _rewards(code, figures, period)
            for code in codes
            if any(figures.pending[code]) or any(figures.approved[code])
        ],
        [_paid(code, figures.paid[code], period) for code in formats.own_first(figures.paid)[:_MOST_CURRENCIES]],
        [by_status, *(figure for figure in tops if figure)],
    )


def ranked(title: str, tops: list[Top], name: str, endpoint: str | None, parameter: str) -> Figure | None:
    """The few with most, each leading to its page if there is one; None without any."""
    links = [url_for(endpoint, **{parameter: top.key}) for top in tops if endpoint]
    pairs = [(top.name, top.count) for top in tops]
    return charts.ranked(title, pairs, name=name, links=links) if pairs else None


def _rewards(code: str, figures: Figures, period: Period) -> Figure:
    series = [
        Series("Approved", _units(figures.approved[code], code)),
        Series("Pending", _units(figures.pending[code], code)),
    ]
    return charts.stacked_bars(f"Rewards per day, {code}", period.days, series, write=_writer(code))


def _paid(code: str, sums: list[int], period: Period) -> Figure:
    return charts.bars(
        f"Paid out per day, {code}", period.days, _units(sums, code), name="Paid out", write=_writer(code)
    )


def _units(sums: list[int], code: str) -> list[Decimal]:
    return [money.to_decimal(total, code) for total in sums]


def _writer(code: str):
    def write(value: float | Decimal | None) -> str:
        return f"{formats.number(value, money.exponent(code))}{formats.NO_BREAK}{code}"

    return write


def _tiles(figures: Figures, days: int) -> list[dict]:
    """Each compared with the period before, where there was something."""
    pending, approved = _totals(figures.pending), _totals(figures.approved)
    earned = {code: pending[code] + approved[code] for code in pending}
    counts = [
        ("Clicks", "mouse-pointer-click", sum(figures.clicks), figures.clicks_before),
        ("Visitors", "users", figures.visitors, figures.visitors_before),
        ("Deals", "handshake", sum(figures.deals), figures.deals_before),
    ]
    tiles = [
        _tile(label, icon, [formats.number(now)], _trend(now, before, days)) for label, icon, now, before in counts
    ]
    share = _trend(figures.conversion or 0, figures.conversion_before or 0, days)
    tiles.append(_tile("Conversion", "percent", [formats.percent(figures.conversion, 1)], share))
    tiles.append(_tile("Rewards", "coins", _sums(earned), _trend_of(earned, figures.earned_before, days)))
    tiles.append(_tile("Of these pending", "lock", _sums(pending), {"note": "until their hold has passed"}))
    tiles.append(_tile("Due now", "wallet", _sums(figures.due), {"note": "approved, and not paid out yet"}))
    paid = _totals(figures.paid)
    tiles.append(_tile("Paid out", "banknote", _sums(paid), _trend_of(paid, figures.paid_before, days)))
    return tiles


def _tile(label: str, icon: str, values: list[str], told: dict) -> dict:
    return {"label": label, "icon": icon, "values": values, "trend": None, **told}


def _totals(days: Days) -> Sums:
    return {code: sum(sums) for code, sums in days.items()}


def _sums(sums: Sums) -> list[str]:
    """Each currency on a line of its own, the partner's first."""
    known = [code for code, total in sums.items() if total] or [g.partner.currency]
    return [formats.money(sums.get(code, 0), code) for code in formats.own_first(known)]


def _trend_of(now: Sums, before: Sums, days: int) -> dict:
    codes = {code for code in (*now, *before) if now.get(code) or before.get(code)}
    if len(codes) > 1:
        return {"note": f"in the last {days} days"}
    code = next(iter(codes), g.partner.currency)
    return _trend(now.get(code, 0), before.get(code, 0), days)


def _trend(now: float, before: float, days: int) -> dict:
    if not before:
        return {"note": f"in the last {days} days"}
    change = (now - before) * 100 / before
    if change > _MOST_CHANGE:
        return {"note": f"over ten times the {days} days before", "trend": "up"}
    sign = "+" if change > 0 else ""
    return {
        "note": f"{sign}{formats.percent(change, 0)} on the {days} days before",
        "trend": "up" if change > 0 else "down" if change < 0 else None,
    }
