"""Whose deal is it, and why: the promoter's link before the promoter's code (contract: affiliate, "Attribution")."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from portal import clock
from portal.database import Statement
from portal.domain.identifiers import normal_code
from portal.domain.steps import Steps

LONGEST_CUSTOMER = 255
_DAY = 86_400 * 1_000_000
_UID_NAMES = ("myshare", "uid", "ref")
LINK, LINK_USABLE, CLICK, CODE, CODE_USABLE = "link named", "link usable", "click in time", "code named", "code usable"

_PROMOTION = Statement("SELECT id, promoter_id, catalog_id, state FROM promotion WHERE uid = ?")
_CODE = Statement(
    """SELECT m.id, m.promoter_id, m.catalog_id, m.state, c.id, c.ended_at
    FROM promo_code c JOIN promotion m ON m.id = c.promotion_id WHERE c.merchant_id = ? AND c.code = ?"""
)
_CLICK = Statement("SELECT id, promotion_id, at FROM click WHERE key = ?")


@dataclass(slots=True)
class Terms:
    """What a deal is made under: the catalog and the offer as they stand now."""

    merchant: int
    catalog: int
    is_published: bool
    catalog_allows_codes: bool
    cookies_storage_days: int
    offer_is_active: bool
    offer_allows_codes: bool


@dataclass(slots=True)
class Attribution:
    """The promotion that a deal belongs to, if any, and the steps that decided it."""

    promotion: int | None = None
    promoter: int | None = None
    code: int | None = None
    click: int | None = None
    customer: str | None = None
    steps: list = field(default_factory=list)


def attribute(terms: Terms, another_data: str | None, promo_code: str | None) -> Attribution:
    """Decide for a new deal. Never refuses: a deal that is nobody's is recorded all the same."""
    if not another_data and not promo_code:
        return Attribution()
    result, steps = Attribution(), Steps(LINK, LINK_USABLE, CLICK, CODE, CODE_USABLE)
    pairs = _pairs(another_data)
    result.customer = _customer(pairs)
    click = _CLICK.row(pairs["click"]) if pairs.get("click") else None
    if not _by_link(terms, pairs, click, steps, result):
        _by_code(terms, promo_code, steps, result)
    if result.promoter == terms.merchant:
        steps.passed(
            LINK_USABLE if result.code is None else CODE_USABLE, "self-referral: the merchant is its own promoter"
        )
    result.steps = steps.as_list()
    return result


def _pairs(another_data: str | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for name, value in parse_qsl((another_data or "").lstrip("?"), keep_blank_values=True, max_num_fields=None):
        if "\x00" not in value:  # `%00` is no text that a database keeps, and nobody's uid.
            pairs.setdefault(name, value)
    return pairs


def _customer(pairs: dict[str, str]) -> str | None:
    customer = pairs.get("customer") or None
    return customer if customer is None or len(customer) <= LONGEST_CUSTOMER else None


def _by_link(terms: Terms, pairs: dict, click: tuple | None, steps: Steps, result: Attribution) -> bool:
    named = [pairs[name] for name in _UID_NAMES if pairs.get(name)]
    found = next(filter(None, (_promotion(uid) for uid in named)), None)
    if found is None:
        detail = f"no promoter has the uid {named[0][:40]}" if named else "another_data names no promoter"
        steps.failed(LINK, detail, "Pass on the whole query of the promoter's link, myshare included.")
        return False
    steps.passed(LINK, "another_data names a promoter")
    objection = _objection(terms, found)
    if objection:
        steps.failed(LINK_USABLE, *objection)
        return False
    steps.passed(LINK_USABLE)
    if click is not None and not _in_time(terms, click, found, steps):
        return False
    result.promotion, result.promoter = found[0], found[1]
    result.click = click[0] if click is not None and click[1] == found[0] else None
    return True


def _promotion(uid: str) -> tuple | None:
    code = normal_code(uid)
    return _PROMOTION.row(code) if code else None


def _in_time(terms: Terms, click: tuple, found: tuple, steps: Steps) -> bool:
    if click[1] == found[0] and clock.micros() - click[2] > terms.cookies_storage_days * _DAY:
        days = terms.cookies_storage_days
        steps.failed(
            CLICK,
            f"the click is older than {days} days",
            "Raise the catalog's cookie storage days if this is too short.",
        )
        return False
    steps.passed(CLICK)
    return True


def _by_code(terms: Terms, promo_code: str | None, steps: Steps, result: Attribution) -> None:
    found = _CODE.row(terms.merchant, promo_code.strip().upper()) if promo_code else None
    if found is None:
        detail = "no promoter has this code" if promo_code else "the deal carries no promo code"
        return steps.failed(CODE, detail, "Send the promo code as the customer typed it.")
    steps.passed(CODE, "the code is a promoter's")
    objection = _objection(terms, found) or _code_objection(terms, found)
    if objection:
        return steps.failed(CODE_USABLE, *objection)
    steps.passed(CODE_USABLE)
    result.promotion, result.promoter, result.code = found[0], found[1], found[4]


def _objection(terms: Terms, found: tuple) -> tuple[str, str] | None:
    """Why a promoter cannot have this deal, and what would mend it."""
    if found[2] != terms.catalog:
        return "it belongs to another catalog", "Report the deal with the catalog that the promoter sells."
    if not terms.is_published:
        return "the catalog is not published", "Publish the catalog."
    if not terms.offer_is_active:
        return "the offer is not active", "Activate the offer."
    if found[3] != "approved":
        return f"the promoter's application is {found[3]}", "Approve the promoter."
    return None


def _code_objection(terms: Terms, found: tuple) -> tuple[str, str] | None:
    if found[5] is not None:
        return "the code was ended", "Make a new code."
    if not terms.catalog_allows_codes:
        return "the catalog does not allow promo codes", "Allow promo codes in the catalog."
    if not terms.offer_allows_codes:
        return "the offer does not allow promo codes", "Allow promo codes for the offer."
    return None
