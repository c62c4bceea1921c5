"""JSON as the contract wants it in: an object, exact numbers, no duplicates, no depth, nothing a database chokes on."""

import json
from decimal import Decimal
from math import isfinite

from portal.api import codes
from portal.api.errors import ApiError

MOST_BYTES = 1 << 20
DEEPEST = 32


def parse(body: bytes) -> dict:
    """The object in a request's body; numbers with a fraction come as Decimal. Raises ApiError 400."""
    try:
        value = json.loads(
            body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object
        )
    except ApiError:
        raise
    except RecursionError:
        raise _too_deep() from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise ApiError(codes.JSON_INVALID, "The body is not valid JSON. Send one JSON object, in UTF-8.") from None
    except (ValueError, ArithmeticError):
        raise ApiError(codes.JSON_NUMBER_INVALID, "A number has more digits than can be read.") from None
    if not isinstance(value, dict):
        raise ApiError(codes.JSON_NOT_AN_OBJECT, "The body must be a JSON object.")
    _check(value, 1)
    return value


def refuse_text(text: str) -> None:
    """Raise ApiError 400 for a character that cannot be stored (NUL, half of a surrogate pair)."""
    if "\x00" in text or not (text.isascii() or _encodes(text)):
        raise ApiError(
            codes.TEXT_INVALID, "A text contains a NUL or half of a surrogate pair. Send plain Unicode text."
        )


def _encodes(text: str) -> bool:
    try:
        return bool(text.encode())
    except UnicodeEncodeError:
        return False


def _check(value, depth: int) -> None:
    if isinstance(value, str):
        return refuse_text(value)
    if isinstance(value, dict | list):
        if depth > DEEPEST:
            raise _too_deep()
        for key in value if isinstance(value, dict) else ():
            refuse_text(key)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth + 1)
    elif isinstance(value, Decimal) and not isfinite(value):
        raise ApiError(codes.JSON_NUMBER_INVALID, "A number is larger than any that can be reckoned with.")
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ApiError(codes.JSON_NUMBER_INVALID, "A whole number is beyond 64 bits.")


def _too_deep() -> ApiError:
    return ApiError(codes.JSON_TOO_DEEP, f"The body is nested deeper than {DEEPEST} levels.")


def _constant(name: str):
    raise ApiError(codes.JSON_NUMBER_INVALID, f"{name} is not a JSON number.")


def _object(pairs: list) -> dict:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ApiError(codes.JSON_KEY_TWICE, "The body names the same key twice.")
    return result
