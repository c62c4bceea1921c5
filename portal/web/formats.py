"""How sums, numbers, instants and durations are written for people, in the language that is spoken.

Templates of a language have its own functions as filters; what Python calls asks which they are.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from datetime import date as Day
from decimal import Decimal
from functools import cache, partial
from operator import attrgetter
from typing import Any

from flask import g

from portal import clock, languages
from portal.domain.typed import ibans
from portal.web import english_formats
from portal.web.english_formats import MINUS, NO_BREAK, NOTHING
from portal.web.local_formats import Local

__all__ = ["MINUS", "NOTHING", "NO_BREAK"]


@cache
def of(language: str) -> Any:
    """The functions of a language."""
    return english_formats if language == languages.ENGLISH else Local(language)


def money(minor: int | None, currency: str) -> str:
    """Minor units as "1,234.50 USD". The code, not a sign: nine currencies share the dollar's."""
    return of(languages.spoken()).money(minor, currency)


def number(value: float | Decimal | None, places: int | None = None) -> str:
    """A number with groups of three: "12,345"; with `places`, that many decimals."""
    return of(languages.spoken()).number(value, places)


def percent(value: float | Decimal | None, places: int = 2) -> str:
    """A percentage, at most `places` decimals and no idle zeros: "12.5%"."""
    return of(languages.spoken()).percent(value, places)


def share(hundredths: int | None) -> str:
    """Hundredths of a percent, as rewards and discounts are kept: 1250 is "12.5%"."""
    return of(languages.spoken()).share(hundredths)


def compact(value: float | Decimal | None) -> str:
    """A number short enough for an axis: "950", "1.2K", "3M"."""
    return of(languages.spoken()).compact(value)


def date(instant: datetime | None, zone: str) -> str:
    """The day of an instant in a time zone: "3 Nov 2026"."""
    return of(languages.spoken()).date(instant, zone)


def date_time(instant: datetime | None, zone: str) -> str:
    """The minute of an instant in a time zone: "3 Nov 2026, 14:05"."""
    return of(languages.spoken()).date_time(instant, zone)


def relative(instant: datetime | None, now: datetime, zone: str) -> str:
    """How far from `now`: "5 minutes ago", "in 3 days"; the date when that is over a month."""
    return of(languages.spoken()).relative(instant, now, zone)


def duration(length: timedelta | int | None) -> str:
    """A length of time, seconds or a timedelta, in its two largest units: "30 days", "30 days 4 h", "4 h 30 min"."""
    return of(languages.spoken()).duration(length)


def when(instant: datetime | None, now: datetime, zone: str) -> str:
    """A time element: relative to read, exact in its title."""
    return of(languages.spoken()).when(instant, now, zone)


def day_and_month(day: Day) -> str:
    """A day of this year, beneath a chart: "3 Nov"."""
    return of(languages.spoken()).day_and_month(day)


def month_and_year(day: Day) -> str:
    """A month, beneath a chart: "Nov 26"."""
    return of(languages.spoken()).month_and_year(day)


def own_first(things, attribute: str | None = None) -> list:
    """Currencies by their code, or things by the currency in an attribute: the acting partner's own before all others."""
    own, named = g.partner.currency, attrgetter(attribute) if attribute else str
    return sorted(things, key=lambda thing: (named(thing) != own, named(thing)))


def filters(language: str) -> dict[str, Callable]:
    """What the templates of a language write with; they read the acting partner's time zone and clock."""
    own = of(language)
    return {
        "money": own.money,
        "account": ibans.grouped,
        "number": own.number,
        "percent": own.percent,
        "share": own.share,
        "compact": own.compact,
        "duration": own.duration,
        "micros": clock.to_micros,
        "timed": partial(_timed, own.when),
        "own_first": own_first,
        "date": lambda instant: own.date(instant, _zone()),
        "day": lambda day: own.date(
            datetime.combine(day, time(), UTC), "UTC"
        ),  # without a zone, such as that of a birth
        "datetime": lambda instant: own.date_time(instant, _zone()),
        "relative": lambda instant: own.relative(instant, clock.now(), _zone()),
        "when": lambda instant: own.when(instant, clock.now(), _zone()),
    }


def install(app) -> None:
    """Register those of English; the environments of other languages bring theirs."""
    app.jinja_env.filters.update(filters(languages.ENGLISH))


def _timed(when: Callable, rows, attribute: str):
    """Each row with the time element of one of its instants: a list asks for the time and the zone once."""
    now, zone = clock.now(), _zone()
    return [(row, when(getattr(row, attribute), now, zone)) for row in rows]


def _zone() -> str:
    return g.get("time_zone", "UTC")
