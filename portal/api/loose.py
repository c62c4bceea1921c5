"""Kinds of fields of those families whose clients send numbers as texts: numbers, moments, ids."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from portal.domain.codes import OUT_OF_RANGE, WRONG_TYPE
from portal.domain.typed import days
from portal.domain.values import Wrong

LARGEST_QUANTITY = 1_000_000
_LARGEST_ID = 2**63 - 1
_LARGEST_NUMBER = 10**9


def whole(value: Any) -> int:
    """A whole number, as a number or as the text of one; `2.0` is whole."""
    if isinstance(value, str):
        text = value.strip()
        value = Decimal(text) if text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii() else value
    if (
        isinstance(value, bool)
        or not isinstance(value, int | Decimal)
        or not -(2**63) <= value < 2**63
        or value != int(value)
    ):
        raise Wrong("Send a whole number.", WRONG_TYPE)
    return int(value)


def from_one(value: Any) -> int:
    """A number that counts from 1, of a page or of what stands on it; more than there can be is as good as the largest."""
    digits = str(value).strip()
    if isinstance(value, bool) or not digits.isascii() or not digits.isdigit() or not digits.strip("0"):
        raise Wrong("Send a whole number of at least 1.", OUT_OF_RANGE)
    return min(int(digits.lstrip("0")[:10]), _LARGEST_NUMBER)


def _id(value: Any) -> int:
    number = whole(value)
    # Nothing has such a number; the answer is that of a missing thing.
    return number if 0 < number <= _LARGEST_ID else 0


def digits(value: Any) -> int:
    """A whole number of a query, in digits; however large, for there a number that nothing has finds nothing."""
    text = str(value).strip()
    if isinstance(value, bool) or not text.isascii() or not text.removeprefix("-").isdigit():
        raise Wrong("Send a whole number, in digits.", WRONG_TYPE)
    if text[0] == "-":
        return -1  # As good as any other that is below zero.
    return min(int(text), _LARGEST_ID) if len(text) < 20 else _LARGEST_ID


def _query_id(value: Any) -> int:
    return max(0, digits(value))


def _quantity(value: Any) -> int:
    number = whole(value)
    if not 0 < number <= LARGEST_QUANTITY:
        raise Wrong("Send a whole number from 1 to 1000000.", OUT_OF_RANGE)
    return number


def _moment(value: Any) -> datetime:
    try:
        text = str(value).strip().upper()  # RFC 3339 allows a small t and z, and a space for the T.
        if days.day(text[:10]) is None or text[10:11] not in ("T", " "):  # No other of ISO's forms.
            raise ValueError
        moment = datetime.fromisoformat(f"{text[:10]}T{text[11:].replace(' ', '+')}")
    except ValueError:
        raise Wrong("Send a time such as 2026-12-31T23:59:59+00:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(value: Any) -> str:
    """A text, or a number that somebody sent for one: a phone or an id of `5.0` is 5, for programs that reckon in fractions."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Wrong("Send a text.", WRONG_TYPE)
    return str(int(value)) if isinstance(value, Decimal) and value == int(value) else str(value)


def _answer(value: Any) -> str:
    """As a text; yes and no may be themselves."""
    return str(value).lower() if isinstance(value, bool) else _text(value)


def _flag(value: Any) -> bool:
    said = {"true": True, "1": True, "false": False, "0": False}.get(str(value).strip().lower())
    if said is None:
        raise Wrong("Send true, false, 1 or 0.", WRONG_TYPE)
    return said


_AS_TEXT = {"type": "string", "pattern": "^[0-9]+$"}
FROM_ONE = WithJsonSchema({"type": "integer", "minimum": 1})
Id = Annotated[int, BeforeValidator(_id), WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, _AS_TEXT]})]
QueryFlag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Whole = Annotated[int, BeforeValidator(whole), WithJsonSchema({"anyOf": [{"type": "integer"}, _AS_TEXT]})]
QueryId = Annotated[int, BeforeValidator(_query_id), WithJsonSchema({"type": "integer", "minimum": 1})]
Quantity = Annotated[
    int,
    BeforeValidator(_quantity),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": LARGEST_QUANTITY}, _AS_TEXT]}),
]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Loose = Annotated[str, BeforeValidator(_text), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]})]

Answered = Annotated[
    str,
    BeforeValidator(_answer),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}),
]


def _day(value: Any) -> date:
    found = days.day(str(value).strip())
    if found is None:
        raise Wrong("Send a day as year-month-day, such as 2026-01-31, from 1970 on.")
    return found


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
