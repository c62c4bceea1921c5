"""What a row of a file says of a coupon."""

import csv
from decimal import Decimal
from typing import Any, NamedTuple

from portal.domain import money
from portal.domain.accounts.tables import Partner
from portal.domain.coupons.coupons import given as asked
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.kinds import KINDS, number_of
from portal.domain.coupons.coupons.tables import FIXED, PERCENTAGE
from portal.domain.coupons.imports.files import FIELDS, FLAGS, NUMBERS, SUMS, code_of, is_damaged
from portal.domain.coupons.imports.tables import CouponImport
from portal.domain.errors import Invalid
from portal.domain.importing import reasons
from portal.domain.importing.work import text_of
from portal.domain.sentences import say
from portal.domain.typed import numbers
from portal.domain.values import Wrong

_YES = {"yes", "true", "1", "on", "y", "x", "ja", "да"}
_NO = {"no", "false", "0", "off", "n", "nein", "нет"}
_AMOUNT_TYPES = {**dict.fromkeys(("percentage", "percent", "%"), PERCENTAGE), "fixed": FIXED}
Errors = list[tuple[str, str]]


class Said(NamedTuple):
    """A coupon as a row says it, and whether it can be used."""

    given: Given
    is_active: bool


def said(found: CouponImport, cells: list[str]) -> Said:
    """What the cells say; what they leave out is as it was chosen with the file. Raises Invalid with every cell that cannot be taken."""
    reasons.refuse_more_cells(cells, len(found.head))
    texts = {field: text for field in FIELDS if (text := text_of(cells, found.mapping, field))}
    if "code" not in texts:
        raise Invalid("code", say("The line has no code."))
    if is_damaged(texts["code"].removeprefix("'")):
        sentence = say(
            "“{text}” is what a spreadsheet made of a code that it took for a number. Write the code as it was, in a column of texts.",
            text=texts["code"][:40],
        )
        raise Invalid("code", sentence)
    errors: Errors = []
    fields = _read(found, texts, errors)
    is_active = fields.pop("active", True)
    try:
        asked.taken(found.partner_id, Given(**fields)._asdict())
    except Invalid as invalid:
        errors += [one for one in invalid.errors if one[0] not in dict(errors)]
    if errors:
        raise Invalid(*errors[0], errors)
    return Said(Given(**fields), is_active)


def _read(found: CouponImport, texts: dict[str, str], errors: Errors) -> dict[str, Any]:
    code = code_of(texts["code"])
    fields: dict[str, Any] = {"code": code, "name": texts.get("name", code), "kind": _kind(found, texts, errors)}
    fields |= {name: flag for name in FLAGS if (flag := _flag(name, texts, errors)) is not None}
    fields |= {name: number for name in NUMBERS if (number := _number(name, texts, errors)) is not None}
    if "tags" in texts:
        fields["tags"] = tuple(filter(None, next(csv.reader([texts["tags"]], skipinitialspace=True))))
    kind = KINDS.get(fields["kind"])
    if kind and kind.has_amount and "amount" not in texts and found.amount:
        texts = texts | {"amount": found.amount}
    return fields | _sums(found, texts, errors)


def _sums(found: CouponImport, texts: dict[str, str], errors: Errors) -> dict[str, Any]:
    """Amounts as a Given has them, from decimal numbers."""
    written = {name: texts[name] for name in SUMS if name in texts}
    if not written:
        return {}
    taken: dict[str, Any] = {"amount_type": _amount_type(found, texts)} if "amount" in written else {}
    currency = _currency(found, texts)
    if taken.get("amount_type") == FIXED or "budget" in written or "currency" in texts:
        taken["currency"] = currency
    for name, text in written.items():
        is_percentage = name == "amount" and taken["amount_type"] == PERCENTAGE
        taken[name] = _sum(found, name, text, None if is_percentage else currency, errors)
    return taken


def _currency(found: CouponImport, texts: dict[str, str]) -> str:
    return (texts.get("currency") or Partner.get_by_id(found.partner_id).currency).upper()


def _amount_type(found: CouponImport, texts: dict[str, str]) -> str:
    """As the row says it, or else the file; one that is no known word as it stands."""
    text = texts.get("amount_type", found.amount_type or PERCENTAGE)
    return _AMOUNT_TYPES.get(text.casefold(), text)


def _sum(found: CouponImport, name: str, text: str, currency: str | None, errors: Errors) -> Decimal | int | None:
    number = numbers.read(text.removesuffix("%").strip(), found.decimal_sign or found.found_sign or numbers.POINT)
    if number is None:
        errors.append((name, say("“{text}” is no number.", text=text[:40])))
        return None
    if currency is None or currency not in money.EXPONENTS:
        return Decimal(number)
    units = money.whole(Decimal(number), money.exponent(currency))
    if units is None:
        errors.append((name, say("“{text}” has more decimals than {currency}.", text=text[:40], currency=currency)))
    return units


def _kind(found: CouponImport, texts: dict[str, str], errors: Errors) -> int | None:
    if "kind" not in texts:
        if found.kind is None:
            errors.append(
                ("kind", say("Of which type? Choose one for the lines that name none, or name it in a column."))
            )
        return found.kind
    try:
        return number_of(texts["kind"])
    except Wrong as wrong:
        errors.append(("kind", wrong.sentence))
        return None


def _flag(name: str, texts: dict[str, str], errors: Errors) -> bool | None:
    word = texts.get(name, "").casefold()
    if word and word not in _YES | _NO:
        errors.append((name, say("Write yes or no instead of “{text}”.", text=texts[name][:40])))
    return word in _YES if word in _YES | _NO else None


def _number(name: str, texts: dict[str, str], errors: Errors) -> int | None:
    text = texts.get(name, "")
    digits = text.removeprefix("-")
    if not text:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        errors.append((name, say("“{text}” is no whole number.", text=text[:40])))
        return None
    return int(text)
