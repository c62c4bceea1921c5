"""Checks of single values, and the collector that names every wrong field at once.

A check takes what came in and returns what is stored; it raises Wrong with a sentence that says how to mend it.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from portal.domain import codes
from portal.domain.codes import Code
from portal.domain.errors import Invalid
from portal.domain.money import EXPONENTS, whole
from portal.domain.sentences import say
from portal.domain.typed import texts as written

Check = Callable[[Any], Any]
LONGEST_URL = 2048
# `D HH:MM:SS` from zero to 36500 days; days and leading zeros may be left out. Also told by the description of the API.
_DAYS, _TIME = (
    r"[0-9]{1,4}|[0-2][0-9]{4}|3[0-5][0-9]{3}|36[0-4][0-9]{2}",
    r"(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9]",
)
DURATION = rf"(?:(?:(?:{_DAYS}) )?{_TIME}|36500 0?0:0?0:0?0)"
_LONGEST_DAYS = 36_500


class Wrong(ValueError):
    """One value cannot be taken."""

    def __init__(self, sentence: str, code: Code = codes.INVALID_VALUE):
        super().__init__(sentence)
        self.sentence, self.code = sentence, code


def checked(values: dict, checks: dict[str, Check]) -> dict:
    """The values as they are stored. Raises Invalid with every wrong field; fields without a check are an error of ours."""
    taken, errors, of_fields = {}, [], {}
    for field, value in values.items():
        try:
            taken[field] = checks[field](value)
        except Wrong as wrong:
            errors.append((field, wrong.sentence))
            of_fields[field] = wrong.code
    if errors:
        raise Invalid(*errors[0], errors, of_fields=of_fields)
    return taken


def required_text(longest: int) -> Check:
    """Text that must be there, in one normal form and trimmed."""

    def check(value):
        text = written.tidy(value) if isinstance(value, str) else ""
        if not text:
            raise Wrong(say("This field is required."), codes.REQUIRED)
        return _within(text, longest)

    return check


def optional_text(longest: int) -> Check:
    """Text that may be null, in one normal form and trimmed; empty text is null."""
    return lambda value: _within(written.tidy(value or ""), longest) or None


def printable_text(longest: int) -> Check:
    """Text that must be there, of printable characters alone: an id that programs pass on."""
    required = required_text(longest)

    def check(value):
        text = required(value)
        if not text.isprintable():
            raise Wrong(say("Use printable characters only."), codes.NOT_PRINTABLE)
        return text

    return check


def name(longest: int) -> Check:
    """The name of a person or a thing: any script with its joiners, in one line, and something to be seen."""
    required = required_text(longest)

    def check(value):
        text = required(value)
        if written.breaks_lines_or_directions(text):
            raise Wrong(
                say(
                    "Write it in one line, without control characters and without marks that turn the direction of "
                    "writing."
                ),
                codes.NOT_PRINTABLE,
            )
        return _seen(text)

    return check


def message(longest: int) -> Check:
    """What somebody is told: text of several lines, perhaps, with something to be seen."""
    required = required_text(longest)
    return lambda value: _seen(required(value))


def _seen(text: str) -> str:
    if not written.is_visible(text):
        raise Wrong(say("Nothing of this can be seen. Give at least one letter, digit or sign."), codes.NOT_PRINTABLE)
    return text


def currency(value) -> str:
    """An ISO 4217 code that can be paid in."""
    if not value:
        raise Wrong(say("Choose a currency."), codes.REQUIRED)
    if value not in EXPONENTS:
        raise Wrong(
            say("“{value}” is not a currency that can be paid in; choose one such as USD.", value=str(value)[:40]),
            codes.CURRENCY_UNKNOWN,
        )
    return value


def optional_name(longest: int) -> Check:
    """As `name`, or null; empty text is null."""
    required = name(longest)
    return lambda value: required(value) if value and value.strip() else None


def texts(most: int, longest: int) -> Check:
    """A list of texts, each in one normal form and trimmed; null is the empty list."""

    def check(value):
        if len(value or []) > most:
            raise Wrong(say("Give at most {most}.", most=most), codes.TOO_MANY)
        return [_within(written.tidy(text), longest) for text in value or []]

    return check


def url(value) -> str | None:
    """An absolute http(s) address, or null."""
    return required_url(value) if value else None


def required_url(value) -> str:
    """An absolute http(s) address, without spaces around it."""
    value = value and value.strip()
    if not value:
        raise Wrong(say("This field is required."), codes.REQUIRED)
    if not _is_web_address(value):
        raise Wrong(say("Give an absolute address that begins with http:// or https://."), codes.ADDRESS_INVALID)
    return _within(value, LONGEST_URL)


def one_of(allowed, default=None) -> Check:
    """One of the listed words; null means the default."""

    def check(value):
        if value is None and default is not None:
            return default
        if value not in allowed:
            raise Wrong(
                say("“{value}” is not one of {allowed}.", value=str(value)[:40], allowed=", ".join(allowed)),
                codes.NOT_LISTED,
            )
        return value

    return check


def some_of(allowed, default: list) -> Check:
    """A list of listed words, each once; null means the default."""

    def check(value):
        if value is None:
            return list(default)
        unknown = [word for word in value if word not in allowed]
        if unknown:
            raise Wrong(
                say(
                    "“{unknown}” is not a code that can be used here. Send codes such as {allowed}.",
                    unknown=str(unknown[0])[:40],
                    allowed=allowed[0],
                ),
                codes.NOT_LISTED,
            )
        return list(dict.fromkeys(value))

    return check


def flag(default: bool) -> Check:
    """Yes or no; null means the default."""
    return lambda value: default if value is None else bool(value)


def whole_number(lowest: int, highest: int, default: int) -> Check:
    """A whole number within bounds; null means the default."""

    def check(value):
        if value is None:
            return default
        if not lowest <= value <= highest:
            raise Wrong(
                say("Give a whole number from {lowest} to {highest}.", lowest=lowest, highest=highest),
                codes.OUT_OF_RANGE,
            )
        return value

    return check


def percent(lowest: str, highest: str) -> Check:
    """A percentage, kept in hundredths of a percent, or null. More than two decimals are refused."""

    def check(value):
        if value is None:
            return None
        if not value.is_finite() or not Decimal(lowest) <= value <= Decimal(highest):
            raise Wrong(
                say("Give a percentage from {lowest} to {highest}.", lowest=lowest, highest=highest), codes.OUT_OF_RANGE
            )
        hundredths = whole(value, 2)
        if hundredths is None:
            raise Wrong(say("Give at most two decimals."), codes.TOO_MANY_DECIMALS)
        return hundredths

    return check


def duration(default: int) -> Check:
    """Seconds, from whole seconds or from `D HH:MM:SS`; null means the default."""

    def check(value):
        if value is None:
            return default
        seconds = value if isinstance(value, int) else _seconds(value)
        if not 0 <= seconds <= _LONGEST_DAYS * 86_400:
            raise Wrong(say("Give a duration of zero to {days} days.", days=_LONGEST_DAYS), codes.OUT_OF_RANGE)
        return seconds

    return check


def duration_text(seconds: int) -> str:
    """Seconds as `D HH:MM:SS` (contract: affiliate)."""
    days, rest = divmod(seconds, 86_400)
    return f"{days} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"


def _seconds(text: str) -> int:
    if not re.fullmatch(DURATION, text.strip()):
        raise Wrong(
            say(
                "Write a duration as days and hours:minutes:seconds, such as 30 00:00:00, at most {days} days.",
                days=_LONGEST_DAYS,
            ),
            codes.DURATION_INVALID,
        )
    days, _, time = text.strip().rpartition(" ")
    hours, minutes, seconds = map(int, time.split(":"))
    return int(days or 0) * 86_400 + hours * 3600 + minutes * 60 + seconds


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        valid_port = parts.port is None or parts.port > 0
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.username is None  # Whoever followed the link would be given the password.
            and valid_port
            and value.isprintable()
            and not any(letter.isspace() or letter in '<>"\\`' for letter in value)
        )
    except ValueError:
        return False


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Wrong(say("Give at most {longest} characters.", longest=longest), codes.TOO_LONG)
    return text
