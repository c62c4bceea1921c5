"""The start page: the way to the first deal, then the figures. Everybody who is signed in has one."""

from flask import g, render_template

from portal import charts, checklist, formats
from portal.charts import Series
from portal.domain.accounts.roles import CASHIER
from portal.domain.affiliate import figures, first_steps
from portal.domain.affiliate.first_steps import Progress


def start():
    """What to do next, and how it goes."""
    if g.partner is None:
        return render_template("home/no_partner.html")
    if g.partner.role == CASHIER:
        return render_template("home/counter.html")
    return _figures_page(first_steps.progress(g.partner.id))


def _figures_page(progress: Progress):
    partner_id, zone = g.partner.id, g.partner.time_zone
    now, before = figures.periods(partner_id, zone)
    days = figures.days(partner_id, zone)
    top = figures.top_offers(partner_id, zone)
    labels = [day.day for day in days]
    series = [Series("Deals", [day.deals for day in days]), Series("Clicks", [day.clicks for day in days])]
    return render_template(
        "home/start.html",
        progress=progress,
        steps=checklist.steps(progress),
        tiles=_tiles(now, before),
        daily=charts.line("Deals and clicks per day", labels, series),
        top=charts.ranked("Top offers", top, name="Deals") if top else None,
    )


def _tiles(now: figures.Figures, before: figures.Figures) -> list[dict]:
    """The tiles, each compared with the thirty days before."""
    return [
        {
            "label": "Deals",
            "icon": "handshake",
            "values": [formats.number(now.deals)],
            **_trend(now.deals, before.deals),
        },
        {"label": "Paid", "icon": "banknote", "values": [formats.number(now.paid)], **_trend(now.paid, before.paid)},
        {
            "label": "Pending reward",
            "icon": "lock",
            "values": _sums(now.pending),
            **_trend_of(now.pending, before.pending),
        },
        {"label": "Due reward", "icon": "coins", "values": _sums(now.due), **_trend_of(now.due, before.due)},
    ]


def _sums(sums: dict[str, int]) -> list[str]:
    """Each currency on a line of its own, the partner's first: sums of different currencies are never added."""
    own = g.partner.currency
    ordered = sorted(sums, key=lambda code: (code != own, code)) or [own]
    return [formats.money(sums.get(code, 0), code) for code in ordered]


def _trend_of(now: dict[str, int], before: dict[str, int]) -> dict:
    codes = {*now, *before}
    if len(codes) > 1:
        return {"note": "of deals of the last 30 days", "trend": None}
    code = next(iter(codes), g.partner.currency)
    return _trend(now.get(code, 0), before.get(code, 0))


def _trend(now: int, before: int) -> dict:
    if not before:
        return {"note": "in the last 30 days", "trend": None}
    change = (now - before) * 100 / before
    sign = "+" if change > 0 else ""
    return {
        "note": f"{sign}{formats.percent(change, 0)} on the 30 days before",
        "trend": "up" if change > 0 else "down" if change < 0 else None,
    }
