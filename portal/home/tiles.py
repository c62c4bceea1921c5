"""The figures of a side in numbers: what each is, what counts in it, and how it stands beside the period before."""

from typing import NamedTuple

from flask import g

from portal.domain.affiliate.figures.figures import Days, Figures, Sums
from portal.domain.sentences import counted, say
from portal.home.asked import CLICKS, DEALS, REWARDS, SALES, VISITORS, Asked
from portal.web import formats

MERCHANT, PROMOTER = "merchant", "promoter"
_MOST_CHANGE = 900  # percent: beyond, a beginning is compared with next to nothing


class Trend(NamedTuple):
    """How it goes beside the period before: the sentence, and up, down or neither."""

    said: str
    way: str | None = None


class Tile(NamedTuple):
    """A figure: each currency of a sum on a line of its own; `counts` says what is in it. One that the chart shows has a
    mark."""

    label: str
    icon: str
    values: list[str]
    counts: str
    trend: Trend | None = None
    mark: str | None = None


_COUNTS = {
    MERCHANT: {
        SALES: say("What customers pay in deals that are not canceled"),
        CLICKS: say("On your promoters’ links, without bots"),
        REWARDS: say("What promoters earn from these deals"),
    },
    PROMOTER: {
        SALES: say("What customers pay in the deals you brought that are not canceled"),
        CLICKS: say("On your links, without bots"),
        REWARDS: say("What you earn from these deals"),
    },
}


def measures(figures: Figures, asked: Asked) -> list[Tile]:
    """What the chart can show, sales first."""
    days, said = len(asked.period.days), _COUNTS[asked.side or MERCHANT]
    sold, earned = totals(figures.sold), _earned(figures)
    clicks, visitors, deals = sum(figures.clicks), sum(figures.visitors), sum(figures.deals)
    return [
        Tile(say("Sales"), "shopping-cart", sums(sold), said[SALES], _trend_of(sold, figures.sold_before, days), SALES),
        Tile(say("Deals"), "handshake", [formats.number(deals)], _whose(figures, asked.side),
             _trend(deals, figures.deals_before, days), DEALS),
        Tile(say("Clicks"), "mouse-pointer-click", [formats.number(clicks)], said[CLICKS],
             _trend(clicks, figures.clicks_before, days), CLICKS),
        Tile(say("Visitors"), "users", [formats.number(visitors)], say("Each counts once a day for each promoter"),
             _trend(visitors, figures.visitors_before, days), VISITORS),
        Tile(say("Rewards"), "coins", sums(earned), said[REWARDS], _trend_of(earned, figures.earned_before, days), REWARDS),
    ]  # fmt: skip


def others(figures: Figures, asked: Asked) -> list[Tile]:
    """What stands beneath the chart."""
    days, paid = len(asked.period.days), totals(figures.paid)
    share = _trend(figures.conversion or 0, figures.conversion_before or 0, days)
    return [
        Tile(say("Conversion"), "percent", [formats.percent(figures.conversion, 1)], _conversion(figures, asked.side), share),
        Tile(say("Held"), "lock", sums(totals(figures.pending)), say("Of these rewards, until the hold of their deals has passed")),
        Tile(say("Due now"), "wallet", sums(figures.due), say("Approved and in no payout yet, whenever it was earned")),
        Tile(say("Paid out"), "banknote", sums(paid), say("Sent in these days, whenever it was earned"),
             _trend_of(paid, figures.paid_before, days)),
    ]  # fmt: skip


def totals(days: Days) -> Sums:
    """The sum of all days, of each currency."""
    return {code: sum(each) for code, each in days.items()}


def sums(by_currency: Sums) -> list[str]:
    """Each currency on a line of its own, the partner's first."""
    known = [code for code, total in by_currency.items() if total] or [g.partner.currency]
    return [formats.money(by_currency.get(code, 0), code) for code in formats.own_first(known)]


def _earned(figures: Figures) -> Sums:
    held, approved = totals(figures.pending), totals(figures.approved)
    return {code: held[code] + approved[code] for code in held}


def _whose(figures: Figures, side: str | None) -> str:
    if side == PROMOTER:
        return say("Brought by your links and codes, canceled ones too")
    return counted(
        figures.brought,
        "1 of them brought by a promoter; canceled ones count too",
        "{number} of them brought by promoters; canceled ones count too",
    )


def _conversion(figures: Figures, side: str | None) -> str:
    """Which numbers the share is made of."""
    clicks = counted(sum(figures.clicks), "1 click", "{number} clicks")
    if side == PROMOTER:
        return counted(figures.brought, "1 deal to {clicks}", "{number} deals to {clicks}", clicks=clicks)
    return counted(
        figures.brought, "1 deal brought by promoters, to {clicks}",
        "{number} deals brought by promoters, to {clicks}", clicks=clicks,
    )  # fmt: skip


def _trend_of(now: Sums, before: Sums, days: int) -> Trend | None:
    codes = {code for code in (*now, *before) if now.get(code) or before.get(code)}
    if len(codes) != 1:
        return None
    code = codes.pop()
    return _trend(now.get(code, 0), before.get(code, 0), days)


def _trend(now: float, before: float, days: int) -> Trend | None:
    """None where there is nothing to compare with."""
    if not before:
        return None
    change = (now - before) * 100 / before
    earlier = counted(days, "the day before", "the {number} days before")
    if change > _MOST_CHANGE:
        return Trend(say("over ten times {earlier}", earlier=earlier), "up")
    sign = "+" if change > 0 else ""
    way = "up" if change > 0 else "down" if change < 0 else None
    return Trend(say("{change} on {earlier}", change=f"{sign}{formats.percent(change, 0)}", earlier=earlier), way)
