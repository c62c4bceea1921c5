"""The columns of files of coupons, as the export writes them; and the documented uploader's file, which names none."""

import re

from portal.domain.coupons.coupons import codes
from portal.domain.importing import files
from portal.domain.typed.texts import plain
from portal.domain.values import Wrong

SUMS = ("amount", "threshold", "budget")
NUMBERS = ("customer_limit", "minimum_tickets", "rank")
FLAGS = ("opens", "is_alone", "active")
FIELDS = ("code", "name", "kind", "amount", "amount_type", "currency", "threshold", "budget", "customer_limit", "minimum_tickets",
    "opens", "is_alone", "rank", "tags", "active")  # fmt: skip
# What the API calls each: exports and reports speak so.
WIRE = {field: field for field in FIELDS} | {"kind": "type", "is_alone": "alone"}
_NAMES = {
    "code": ("code", "coupon", "coupon_code", "voucher", "voucher_code", "promo_code", "gutscheincode", "код"),
    "name": ("name", "coupon_name", "title", "description", "bezeichnung", "название"),
    "kind": ("type", "coupon_type", "kind", "typ", "тип"),
    "amount": ("amount", "discount", "value", "rabatt", "скидка"),
    "amount_type": ("amount_type", "discount_type"),
    "currency": ("currency", "währung", "валюта"),
    "threshold": ("threshold", "minimum_order", "from_order"),
    "budget": ("budget",),
    "customer_limit": ("customer_limit", "limit_per_customer"),
    "minimum_tickets": ("minimum_tickets", "min_tickets"),
    "opens": ("opens",),
    "is_alone": ("alone", "is_alone", "exclusive"),
    "rank": ("rank", "order", "priority"),
    "tags": ("tags", "tag"),
    "active": ("active", "enabled", "aktiv"),
}  # fmt: skip
AS_IT_LOOKS, NAMES, ROW = "", "names", "row"  # what the first line is
_WITHOUT_NAMES = ("code", "name")  # code in column one, name in column two
_DAMAGED = re.compile(r"\d+(?:[.,]\d+)?E\+\d+|\d+[.,]\d+(?:E\d+)?", re.IGNORECASE)
_TAKEN_FOR_OTHER = re.compile(r"\d|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[-_]?\d", re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"')  # how some keep a spreadsheet from taking a text for a number


def opened(body: bytes, first: str = AS_IT_LOOKS) -> files.Sheet:
    """The file that was uploaded; `first` says what its first line is. Raises Invalid with what would mend it."""
    return files.opened(body, mapped, lambda head: _unnamed(head, first))


def mapped(head: list[str]) -> dict[str, int]:
    """By field: the first column that is named as one of its names, whatever its capitals and spaces."""
    return files.columns_named(head, _NAMES)


def is_clear(mapping: dict[str, int]) -> bool:
    """Whether it says which column the codes are in."""
    return "code" in mapping


def is_export(sheet: files.Sheet) -> bool:
    """Whether it is a file of ours as it was downloaded."""
    return files.is_export(sheet, [WIRE[field] for field in FIELDS])


def code_of(text: str) -> str:
    """A code as a cell has it, without what keeps a spreadsheet from taking it for a number."""
    as_text = _AS_TEXT.fullmatch(text)
    return plain(as_text[1] if as_text else text.removeprefix("'"))


def cell_of(code: str) -> str:
    """A code as a cell of an export: an apostrophe in front of what a spreadsheet would take for a number or a day."""
    return f"'{code}" if _TAKEN_FOR_OTHER.match(code) else code


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet has taken the code for a number, and shortened it: 6.93E+13."""
    return _DAMAGED.fullmatch(text) is not None


def _unnamed(head: list[str], first: str) -> list[str] | None:
    """The names of the columns where the first line is a coupon already; None where it names them."""
    looks = not mapped(head) and len(head) <= len(_WITHOUT_NAMES) and _is_code(head[0])
    if first == NAMES or not (first == ROW or looks):
        return None
    return [*_WITHOUT_NAMES, *(f"column {number}" for number in range(3, len(head) + 1))][: len(head)]


def _is_code(text: str) -> bool:
    try:
        return is_damaged(text) or bool(codes.code(code_of(text)))
    except Wrong:
        return False
