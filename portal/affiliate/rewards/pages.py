"""Earnings as the promoter sees them: by merchant, by month, and the payouts to it."""

from decimal import Decimal

from flask import g, render_template, request

from portal.affiliate import balances, statements
from portal.domain import money
from portal.domain.affiliate.payouts import balances as payout_balances
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts import reward_months
from portal.domain.affiliate.payouts.reward_months import Month
from portal.domain.sentences import say
from portal.domain.typed import words
from portal.web import answers, charts, formats
from portal.web.addresses import place_asked, with_arguments
from portal.web.charts import Figure, Series

_MOST_CHARTS = 4


def index():
    """Held, due, to be sent and paid out with each merchant, and what each month earned."""
    rows, text = payout_balances.of_promoter(g.partner.id), _text()
    shown = {
        "rows": [row for row in rows if words.stand_in(text, row.partner)],
        "text": text,
        "chips": _chips(text),
    }
    if answers.is_fragment():
        return render_template("affiliate/rewards/_merchants.html", **shown)
    months = reward_months.of(g.partner.id, g.partner.time_zone)
    return render_template(
        "affiliate/rewards/index.html",
        **shown,
        has_earned=bool(rows),
        sums=balances.summed(rows),
        figures=[_figure(code, months[code]) for code in formats.own_first(months)[:_MOST_CHARTS]],
        has_details=payout_details.of(g.partner.id) is not None,
    )


def payouts():
    """The payouts to it, newest first."""
    text, (before, after) = _text(), place_asked()
    return render_template(
        answers.page_or_part("affiliate/rewards/payouts.html", "affiliate/rewards/_payouts.html"),
        page=payout_lists.of_promoter(g.partner.id, before, after, text),
        text=text,
        chips=_chips(text),
        page_url=with_arguments,
    )


def show(uuid: str):
    """One payout's statement."""
    return statements.page(uuid, statements.PROMOTER)


def lines(uuid: str):
    """The lines of its statement, as CSV."""
    return statements.download(uuid, statements.PROMOTER)


def _text() -> str:
    return request.args.get("q", "").strip()[:100]


def _chips(text: str) -> list[tuple[str, str]]:
    return [(say("Search: {text}", text=text), with_arguments(q=None))] if text else []


def _figure(currency: str, months: list[Month]) -> Figure:
    """A chart for each currency: sums of different currencies are never added."""
    labels = [formats.month_and_year(month.first) for month in months]
    approved = [money.to_decimal(month.approved, currency) for month in months]
    pending = [money.to_decimal(month.pending, currency) for month in months]

    def write(value: float | Decimal | None) -> str:
        return f"{formats.number(value, money.exponent(currency))}{formats.NO_BREAK}{currency}"

    series = [Series(say("Approved"), approved), Series(say("Held"), pending)]
    return charts.stacked_bars(
        say("Earned per month, {currency}", currency=currency), labels, series, write=write, first_column=say("Month")
    )
