"""How sums, numbers, instants and durations are written in English; each function is told the time zone.

A list page calls these a hundred times: other languages are written elsewhere, so that nothing is asked here.
"""

from datetime import date as Day
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from portal.domain import money as domain_money

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
RELATIVE_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
FAR = timedelta(days=30)


@lru_cache(maxsize=4096)
def money(minor: int | None, currency: str) -> str:
    """Minor units as "1,234.50 USD". The code, not a sign: nine currencies share the dollar's."""
    if minor is None:
        return NOTHING
    places = domain_money.exponent(currency)
    return _signed(f"{domain_money.to_decimal(minor, currency):,.{places}f}") + NO_BREAK + currency


def number(value: float | Decimal | None, places: int | None = None) -> str:
    """A number with groups of three: "12,345"; with `places`, that many decimals."""
    if value is None:
        return NOTHING
    if places is not None:
        return _signed(f"{value:,.{places}f}")
    return _signed(f"{value:,}" if isinstance(value, int) else _without_zeros(f"{value:,.2f}"))


def percent(value: float | Decimal | None, places: int = 2) -> str:
    """A percentage, at most `places` decimals and no idle zeros: "12.5%"."""
    if value is None:
        return NOTHING
    return _signed(_without_zeros(f"{value:,.{places}f}")) + "%"


def share(hundredths: int | None) -> str:
    """Hundredths of a percent, as rewards and discounts are kept: 1250 is "12.5%"."""
    return NOTHING if hundredths is None else percent(hundredths / 100)


def compact(value: float | Decimal | None) -> str:
    """A number short enough for an axis: "950", "1.2K", "3M"."""
    if value is None:
        return NOTHING
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if not -size < value < size:
            return _signed(_without_zeros(f"{value / size:.2f}")) + letter
    return number(value)


def date(instant: datetime | None, zone: str) -> str:
    """The day of an instant in a time zone: "3 Nov 2026"."""
    if instant is None:
        return NOTHING
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def date_time(instant: datetime | None, zone: str) -> str:
    """The minute of an instant in a time zone: "3 Nov 2026, 14:05"."""
    if instant is None:
        return NOTHING
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local.hour:02}:{local.minute:02}"


def relative(instant: datetime | None, now: datetime, zone: str) -> str:
    """How far from `now`: "5 minutes ago", "in 3 days"; the date when that is over a month."""
    if instant is None:
        return NOTHING
    distance = abs(instant - now)
    if distance > FAR:
        return date(instant, zone)
    is_ahead, far = instant > now, distance.total_seconds()
    for seconds, unit in RELATIVE_UNITS:
        if far >= seconds:  # What lies ahead is told to the nearest, what is over has passed in full.
            count = int(far / seconds + (0.5 if is_ahead else 0))
            words = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"in {words}" if is_ahead else f"{words} ago"
    return "in a moment" if is_ahead else "just now"


def duration(length: timedelta | int | None) -> str:
    """A length of time, seconds or a timedelta, in its two largest units: "30 days", "30 days 4 h", "4 h 30 min"."""
    if length is None:
        return NOTHING
    seconds = int(length.total_seconds()) if isinstance(length, timedelta) else int(length)
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    day_word = "day" if days == 1 else "days"
    parts = ((days, day_word), (hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join([f"{count} {unit}" for count, unit in parts if count][:2]) or "none"


def when(instant: datetime | None, now: datetime, zone: str) -> str:
    """A time element: relative to read, exact in its title."""
    if instant is None:
        return NOTHING
    return Markup(f"{_exactly(instant, zone)}{relative(instant, now, zone)}</time>")  # noqa: S704


@lru_cache(maxsize=8192)
def _exactly(instant: datetime, zone: str) -> str:
    """The beginning of a time element. Lists have fifty of these; only the zone's name comes from outside."""
    exact, told = instant.isoformat(timespec="seconds"), f"{date_time(instant, zone)} ({escape(zone)})"
    return f'<time datetime="{exact}" title="{told}">'


def day_and_month(day: Day) -> str:
    """A day of this year, beneath a chart: "3 Nov"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_and_year(day: Day) -> str:
    """A month, beneath a chart: "Nov 26"."""
    return f"{MONTHS[day.month - 1]} {day:%y}"


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
