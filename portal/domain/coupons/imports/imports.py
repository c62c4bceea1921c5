"""Importing coupons from a file: upload, choose columns, look at what would happen, confirm, cancel.

The worker does what takes long (work); nothing of a file is a coupon before somebody has confirmed it.
"""

from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import FIXED, PERCENTAGE
from portal.domain.coupons.imports import files
from portal.domain.coupons.imports.tables import TABLES, CouponImport
from portal.domain.errors import Invalid
from portal.domain.importing import verbs
from portal.domain.importing.words import MAPPING
from portal.domain.sentences import say
from portal.domain.typed import numbers

THING = "coupon_import"
DONE_FACT = "coupon_import.done"
LONGEST_AMOUNT = 40


def start(
    partner_id: int, file_name: str, body: bytes, first: str = files.AS_IT_LOOKS, kind: int | None = None,
    amount: str | None = None, amount_type: str | None = None,
) -> CouponImport:  # fmt: skip
    """Take a file in; whoever acts is remembered. Its rows are read in the background. `first` says what its first line is; the
    type and the amount are those of lines that say none. Raises Invalid."""
    chosen = _chosen(kind, amount, amount_type)
    sheet = files.opened(body, first)
    mapping = files.mapped(sheet.head)
    if files.is_export(sheet):
        chosen["decimal_sign"] = numbers.POINT
    return verbs.start(TABLES, partner_id, file_name, sheet, mapping, files.is_clear(mapping), **chosen)


def find(partner_id: int, uuid: str) -> CouponImport:
    """The partner's import. Raises NotFound."""
    return verbs.find(TABLES, partner_id, uuid)


def take_columns(
    partner_id: int, uuid: str, columns: list[str | None], kind: int | None = None, decimal_sign: str | None = None,
    amount: str | None = None, amount_type: str | None = None,
) -> CouponImport:  # fmt: skip
    """Say which field each column of the file is (None: none of them), and have the file checked anew. Raises Invalid."""
    found = find(partner_id, uuid)
    mapping = verbs.mapping_of(columns, len(found.head), files.FIELDS)
    if not files.is_clear(mapping):
        raise Invalid("columns", say("Choose the column with the codes."))
    return verbs.check_with(TABLES, found, mapping, decimal_sign, **_chosen(kind, amount, amount_type))


def take_left_out(
    partner_id: int, uuid: str, kind: int | None = None, amount: str | None = None, amount_type: str | None = None
) -> CouponImport:
    """Say the type and the amount of lines that say none, and have the file checked anew. Raises NotFound, Invalid, Refused."""
    found, chosen = find(partner_id, uuid), _chosen(kind, amount, amount_type)
    return verbs.check_with(TABLES, found, found.mapping, found.decimal_sign, **chosen)


def check_again(partner_id: int, uuid: str) -> CouponImport:
    """Check the rows anew, after something was mended here. Raises NotFound, Refused."""
    found = find(partner_id, uuid)
    return verbs.check_with(TABLES, found, found.mapping, found.decimal_sign)


def confirm(partner_id: int, uuid: str) -> CouponImport:
    """Have the good rows made coupons, in the name of whoever acts. Raises NotFound, Refused."""
    return verbs.confirm(TABLES, find(partner_id, uuid), "coupon_import.confirmed", THING, "rows")


def cancel(partner_id: int, uuid: str) -> CouponImport:
    """Stop it, whatever it is at; coupons that were made already stay. Raises NotFound, Refused once it has ended."""
    return verbs.cancel(TABLES, find(partner_id, uuid), "coupon_import.canceled", THING)


def asks_for_sign(found: CouponImport) -> bool:
    """Whether its columns are known, and only how its numbers are written is left open by its rows."""
    return found.state == MAPPING and files.is_clear(found.mapping)


def _chosen(kind: int | None, amount: str | None, amount_type: str | None) -> dict:
    if amount_type not in (None, PERCENTAGE, FIXED):
        raise Invalid("amount_type", say("Choose one of the ways that are listed."))
    amount = (amount or "").strip()
    if amount and (len(amount) > LONGEST_AMOUNT or numbers.least(amount.removesuffix("%").strip()) is None):
        raise Invalid("amount", say("Write a number, such as 12.50."))
    return {"kind": _kind(kind), "amount": amount or None, "amount_type": amount_type}


def _kind(kind: int | None) -> int | None:
    if kind is not None and kind not in KINDS:
        raise Invalid("kind", say("Choose a type of coupon."))
    return kind
