"""What figures are asked for: a side, a period, and what the chart shows. All of it stands in the address."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from urllib.parse import urlencode

from flask import g, request

from portal.domain import periods
from portal.domain.errors import Refused
from portal.domain.periods import LENGTHS, USUAL, Period
from portal.domain.sentences import counted, say
from portal.web import days, formats
from portal.web.charts.figure import text
from portal.web.drawing import address

SALES, DEALS, CLICKS, VISITORS, REWARDS = "sales", "deals", "clicks", "visitors", "rewards"
MEASURES = (SALES, DEALS, CLICKS, VISITORS, REWARDS)
_MONTHS = {"this": (say("This month"), periods.this_month), "last": (say("Last month"), periods.last_month)}
_TWO_DAYS = say("Choose two days, the first and the last.")


class Asked(NamedTuple):
    """A side, a period by its name and by its days, a measure, perhaps a currency; and why days of one's own were refused."""

    side: str | None
    said: str
    named: dict[str, str]  # the period as it stands in the address
    period: Period
    measure: str
    currency: str | None
    refusal: str | None = None

    def url(self, endpoint: str, **changed) -> str:
        """The address of the same with something changed; a dictionary of a period replaces the one that stands."""
        period = changed.pop("named", self.named)
        said = {"side": self.side, **period, "measure": self.measure, "currency": self.currency} | changed
        return f"{address(endpoint)}?{urlencode({name: value for name, value in said.items() if value is not None})}"

    @property
    def typed(self) -> dict[str, str]:
        """The days that stand in the form: those that were typed, else those of the period."""
        days = {"from": self.period.days[0].isoformat(), "to": self.period.days[-1].isoformat()}
        return days | {name: request.args[name] for name in days if name in request.args}


def read(side: str | None) -> Asked:
    """What the address asks for, and the usual where it says nothing that can be used."""
    measure, currency = request.args.get("measure"), request.args.get("currency", "")[:3].upper()
    said, named, period, refusal = _period()
    measure = measure if measure in MEASURES else SALES
    return Asked(side, said, named, period, measure, currency or None, refusal)


def choices() -> Sequence[tuple[str, str, dict[str, str]]]:
    """The periods that are one press away: a mark, the words, and how it stands in the address."""
    lengths = [(str(length), counted(length, "1 day", "{number} days"), {"days": str(length)}) for length in LENGTHS]
    return lengths + [(name, words, {"month": name}) for name, (words, _) in _MONTHS.items()]


def _period() -> tuple[str, dict[str, str], Period, str | None]:
    """The period in words, in the address and by its days; and why another one was refused."""
    month = request.args.get("month")
    if month in _MONTHS:
        said, days_of = _MONTHS[month]
        return said, {"month": month}, days_of(g.partner.time_zone), None
    if "from" in request.args or "to" in request.args:
        try:
            return _own()
        except Refused as refused:
            return *_last(USUAL), refused.sentence
    asked = request.args.get("days", type=int)
    return *_last(asked if asked in LENGTHS else USUAL), None


def _last(length: int) -> tuple[str, dict[str, str], Period]:
    return (
        counted(length, "Last day", "Last {number} days"),
        {"days": str(length)},
        periods.last(length, g.partner.time_zone),
    )


def _own() -> tuple[str, dict[str, str], Period, None]:
    """The days that were typed. Raises Refused."""
    first, last_day = (days.day(request.args.get(name, "").strip()) for name in ("from", "to"))
    if first is None or last_day is None:
        raise Refused(_TWO_DAYS)
    period = periods.chosen(first, last_day, g.partner.time_zone)
    return _span(first, last_day), {"from": first.isoformat(), "to": last_day.isoformat()}, period, None


def _span(first: date, last_day: date) -> str:
    """Two days in words: "3 Nov – 9 Nov 2026"."""
    if first == last_day:
        return _dated(first)
    return f"{text(first) if first.year == last_day.year else _dated(first)} – {_dated(last_day)}"


def _dated(day: date) -> str:
    return formats.date(datetime.combine(day, time(12), UTC), "UTC")
