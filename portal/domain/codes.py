"""Names of refusals that stay the same, for programs: `error_code` on the wire. An area brings its own in a `codes.py`.

What a person is told is the sentence of the refusal; it may be worded otherwise one day, its code may not.
"""

from types import ModuleType
from typing import NamedTuple


class Code(NamedTuple):
    """A refusal: its name, the status in families that give it no other, a sentence that it comes with, and what mends it."""

    name: str
    status: int
    sample: str
    mend: str


def of(module: ModuleType) -> tuple[Code, ...]:
    """Every code that a module names, so that none is forgotten."""
    return tuple(value for value in vars(module).values() if isinstance(value, Code))


# Where a refusal has none of its own.
REFUSED = Code("refused", 400, "A rule forbids it.", "Do what the sentence says.")
FORBIDDEN = Code("forbidden", 403, "You may not do this.", "Ask somebody who may.")
NOT_FOUND = Code(
    "not_found",
    404,
    "There is no such catalog here. Check what you asked for, and that the token is of the partner it belongs to.",
    "Check the id, and whose token is sent: another partner's thing answers like a missing one.",
)
FIELDS_INVALID = Code(
    "fields_invalid", 400, "title: This field is required.", "Mend each field in `errors`; each has a code of its own."
)

# Of one field.
REQUIRED = Code("required", 400, "This field is required.", "Send it, with something in it.")
WRONG_TYPE = Code("wrong_type", 400, "Send true or false.", "Send the type that the reference names.")
INVALID_VALUE = Code("invalid_value", 400, "Send the cursor of a Link header as it was.", "Do what the sentence says.")
TOO_LONG = Code("too_long", 400, "Give at most 255 characters.", "Shorten the text.")
TOO_MANY = Code("too_many", 400, "Give at most 100.", "Send fewer.")
NOT_PRINTABLE = Code(
    "not_printable",
    400,
    "Write it in one line, without control characters and without marks that turn the direction of writing.",
    "Leave line breaks, control characters and marks of direction out.",
)
NOT_LISTED = Code(
    "not_listed", 400, "“Phone” is not one of All, Desktop, Mobile.", "Send one of the listed words, letter for letter."
)
OUT_OF_RANGE = Code("out_of_range", 400, "Give a whole number from 1 to 365.", "Send a number within the bounds.")
TOO_MANY_DECIMALS = Code(
    "too_many_decimals", 400, "USD has 2 decimals; the sum has more.", "Round it to the decimals that it can have."
)
ADDRESS_INVALID = Code(
    "address_invalid",
    400,
    "Give an absolute address that begins with http:// or https://.",
    "Send the whole address, without a password and without spaces in it.",
)
DURATION_INVALID = Code(
    "duration_invalid",
    400,
    "Write a duration as days and hours:minutes:seconds, such as 30 00:00:00, at most 36500 days.",
    "Write it as `days hours:minutes:seconds`.",
)
CURRENCY_UNKNOWN = Code(
    "currency_unknown",
    400,
    "“XXX” is not a currency that can be paid in; send an ISO 4217 code such as USD.",
    "Send an ISO 4217 code in capitals; codes without a minor unit cannot be paid in.",
)
SUM_TOO_LARGE = Code(
    "sum_too_large", 400, "The sum is too large. Give at most 10000000000.00 USD.", "Send a smaller sum."
)
