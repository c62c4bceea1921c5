"""How sums, numbers, instants and durations are written in a language other than English: by CLDR, and by its catalog.

The functions are called as those of english_formats are, and stand in `Local`, one for each language.
"""

from datetime import date as Day
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from portal import languages
from portal.domain import money as domain_money
from portal.domain.sentences import counted, forms, say
from portal.web.english_formats import FAR, MINUS, NO_BREAK, NOTHING

_AGO = (
    (86_400, forms("1 day ago", "{number} days ago"), forms("in 1 day", "in {number} days")),
    (3_600, forms("1 hour ago", "{number} hours ago"), forms("in 1 hour", "in {number} hours")),
    (60, forms("1 minute ago", "{number} minutes ago"), forms("in 1 minute", "in {number} minutes")),
)
_JUST_NOW, _IN_A_MOMENT = say("just now"), say("in a moment")
_LENGTHS = (
    (86_400, forms("1 day", "{number} days")),
    (3_600, forms("1 h", "{number} h")),
    (60, forms("1 min", "{number} min")),
    (1, forms("1 s", "{number} s")),
)
_NO_LENGTH = say("none")


class Local:
    """The ways of one language."""

    def __init__(self, language: str):
        import babel  # Who reads English waits for none of it.

        self.language = language
        self.locale = babel.Locale.parse(languages.catalog(language).locale)
        self._percent = self.locale.percent_formats[None].pattern
        self.number = lru_cache(maxsize=4096)(self._number)
        self.money = lru_cache(maxsize=4096)(self._money)
        self._exactly = lru_cache(maxsize=4096)(self._time_element)

    def _number(self, value, places: int | None = None) -> str:
        if value is None:
            return NOTHING
        fraction = "" if isinstance(value, int) and not places else "." + ("##" if places is None else "0" * places)
        return self._decimal(value, "#,##0" + fraction.rstrip("."))

    def _money(self, minor: int | None, currency: str) -> str:
        if minor is None:
            return NOTHING
        amount = domain_money.to_decimal(minor, currency)
        return self.number(amount, domain_money.exponent(currency)) + NO_BREAK + currency

    def percent(self, value, places: int = 2) -> str:
        """A percentage with at most `places` decimals."""
        if value is None:
            return NOTHING
        return self._decimal(Decimal(str(value)) / 100, self._percent.replace("#,##0", "#,##0." + "#" * places))

    def share(self, hundredths: int | None) -> str:
        """Hundredths of a percent, as rewards and discounts are kept."""
        return NOTHING if hundredths is None else self.percent(hundredths / 100)

    def compact(self, value) -> str:
        """A number short enough for an axis."""
        from babel.numbers import format_compact_decimal

        return NOTHING if value is None else format_compact_decimal(value, locale=self.locale, fraction_digits=2)

    def date(self, instant: datetime | None, zone: str) -> str:
        """The day of an instant in a time zone."""
        return NOTHING if instant is None else self._day(instant.astimezone(ZoneInfo(zone)))

    def date_time(self, instant: datetime | None, zone: str) -> str:
        """The minute of an instant in a time zone."""
        if instant is None:
            return NOTHING
        local = instant.astimezone(ZoneInfo(zone))
        return f"{self._day(local)}, {local.hour:02}:{local.minute:02}"

    def relative(self, instant: datetime | None, now: datetime, zone: str) -> str:
        """How far from `now`; the date when that is over a month."""
        if instant is None:
            return NOTHING
        if abs(instant - now) > FAR:
            return self.date(instant, zone)
        is_ahead, far = instant > now, abs(instant - now).total_seconds()
        for seconds, past, ahead in _AGO:
            if far >= seconds:
                count = int(far / seconds + (0.5 if is_ahead else 0))
                return counted(count, *(ahead if is_ahead else past)).said(self.language)
        return (_IN_A_MOMENT if is_ahead else _JUST_NOW).said(self.language)

    def duration(self, length: timedelta | int | None) -> str:
        """A length of time, seconds or a timedelta, in its two largest units."""
        if length is None:
            return NOTHING
        rest, parts = int(length.total_seconds()) if isinstance(length, timedelta) else int(length), []
        for seconds, words in _LENGTHS:
            count, rest = divmod(rest, seconds)
            parts += [counted(count, *words).said(self.language)] if count else []
        return " ".join(parts[:2]) or _NO_LENGTH.said(self.language)

    def when(self, instant: datetime | None, now: datetime, zone: str) -> str:
        """A time element: relative to read, exact in its title."""
        if instant is None:
            return NOTHING
        return Markup(f"{self._exactly(instant, zone)}{escape(self.relative(instant, now, zone))}</time>")  # noqa: S704

    def day_and_month(self, day: Day) -> str:
        """A day of this year, beneath a chart."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMd", day, locale=self.locale)

    def month_and_year(self, day: Day) -> str:
        """A month, beneath a chart."""
        from babel.dates import format_date

        return format_date(day, "LLL yy", locale=self.locale)

    def _time_element(self, instant: datetime, zone: str) -> str:
        exact, told = instant.isoformat(timespec="seconds"), f"{self.date_time(instant, zone)} ({zone})"
        return f'<time datetime="{exact}" title="{escape(told)}">'

    def _day(self, day: Day) -> str:
        from babel.dates import format_date

        return format_date(day, "medium", locale=self.locale)

    def _decimal(self, value, pattern: str) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, pattern, locale=self.locale).replace("-", MINUS)
