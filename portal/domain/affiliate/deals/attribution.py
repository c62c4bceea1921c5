"""Whose deal is it, and why: the promoter's link before the promoter's code (contract: affiliate, "Attribution")."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.clicks import keys as click_keys
from portal.domain.identifiers import normal_code
from portal.domain.steps import Steps

LONGEST_CUSTOMER = 255
_DAY = 86_400 * 1_000_000
_UID_NAMES = ("myshare", "uid", "ref")
LINK, LINK_USABLE, CLICK, CODE, CODE_USABLE = "link named", "link usable", "click in time", "code named", "code usable"

# Whether promoter p and merchant q are one: the same partner, of one family, or with a person who works for both.
_ARE_ONE = """(p.id = q.id OR p.parent_id = q.id OR q.parent_id = p.id OR p.parent_id = q.parent_id OR EXISTS (
    SELECT 1 FROM membership a JOIN membership b ON b.user_id = a.user_id
    WHERE a.partner_id = COALESCE(p.live_partner_id, p.id) AND b.partner_id = COALESCE(q.live_partner_id, q.id)))"""
_PROMOTION = Statement(
    f"""SELECT m.id, m.promoter_id, m.catalog_id, m.state, {_ARE_ONE} FROM promotion m
    JOIN partner p ON p.id = m.promoter_id JOIN partner q ON q.id = ? WHERE m.uid = ?"""
)
_CODE = Statement(
    f"""SELECT m.id, m.promoter_id, m.catalog_id, m.state, {_ARE_ONE}, c.id, c.ended_at
    FROM promo_code c JOIN promotion m ON m.id = c.promotion_id
    JOIN partner p ON p.id = m.promoter_id JOIN partner q ON q.id = ? WHERE c.merchant_id = ? AND c.code = ?"""
)
_IS_PROMOTERS = Statement(
    """SELECT 1 FROM member c JOIN person u ON u.mail = c.mail JOIN membership s ON s.user_id = u.id
    JOIN partner p ON p.id = ? WHERE c.partner_id = ? AND (c.uuid = ? OR c.external_user_id = ?)
        AND s.partner_id = COALESCE(p.live_partner_id, p.id)"""
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
    early_click: tuple[str, int, int] | None = None  # (key, promotion, at) of a click that is not written yet
    customer: str | None = None
    is_self_referral: bool = False
    steps: list = field(default_factory=list)


def attribute(terms: Terms, another_data: str | None, promo_code: str | None) -> Attribution:
    """Decide for a new deal. Never refuses: a deal that is nobody's is recorded all the same."""
    if not another_data and not promo_code:
        return Attribution()
    result, steps = Attribution(), Steps(LINK, LINK_USABLE, CLICK, CODE, CODE_USABLE)
    pairs = _pairs(another_data)
    result.customer = _customer(pairs)
    if not _by_link(terms, pairs, steps, result):
        _by_code(terms, promo_code, steps, result)
    _flag_self_referral(terms, steps, result)
    result.steps = steps.as_list()
    return result


def _pairs(another_data: str | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for name, value in parse_qsl(_query(another_data or ""), keep_blank_values=True, max_num_fields=None):
        if "\x00" not in value:  # `%00` is no text that a database keeps, and nobody's uid.
            pairs.setdefault(name, value)
    return pairs


def _query(said: str) -> str:
    """The query string; shops also pass it with its question mark, or the whole address that the customer came to."""
    if said.lower().startswith(("https://", "http://")):
        return said.partition("?")[2].partition("#")[0]
    return said.lstrip("?")


def _customer(pairs: dict[str, str]) -> str | None:
    customer = pairs.get("customer") or None
    return customer if customer is None or len(customer) <= LONGEST_CUSTOMER else None


def _by_link(terms: Terms, pairs: dict, steps: Steps, result: Attribution) -> bool:
    named = [pairs[name] for name in _UID_NAMES if pairs.get(name)]
    found = next(filter(None, (_promotion(terms.merchant, uid) for uid in named)), None)
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
    if not _click_in_time(terms, pairs.get("click"), found[0], steps, result):
        return False
    _belongs_to(found, result)
    return True


def _promotion(merchant: int, uid: str) -> tuple | None:
    code = normal_code(uid)
    return _PROMOTION.row(merchant, code) if code else None


def _click_in_time(terms: Terms, key: str | None, promotion: int, steps: Steps, result: Attribution) -> bool:
    """Whether the click, if one is named, does not speak against the link; its own click is tied to the deal."""
    click = _click(key) if key else None
    if click is None or click[1] != promotion:
        steps.passed(CLICK, "" if not key else "another link's click" if click else "the click is not known here")
        return True
    days = terms.cookies_storage_days
    if clock.micros() - click[2] > days * _DAY:
        fix = "Raise the catalog's cookie storage days if this is too short."
        steps.failed(CLICK, f"the click is older than {days} days", fix)
        return False
    steps.passed(CLICK, "the link's own click")
    result.click = click[0]
    if click[0] is None:
        result.early_click = (key, *click[1:])
    return True


def _click(key: str) -> tuple | None:
    """(id, promotion, at) of a click; its id is None while it waits to be written."""
    row = _CLICK.row(key)
    if row is None:
        known = click_keys.read(key)
        row = known and (None, *known)
    return row


def _by_code(terms: Terms, promo_code: str | None, steps: Steps, result: Attribution) -> None:
    found = _CODE.row(terms.merchant, terms.merchant, promo_code.strip().upper()) if promo_code else None
    if found is None:
        detail = "no promoter has this code" if promo_code else "the deal carries no promo code"
        return steps.failed(CODE, detail, "Send the promo code as the customer typed it.")
    steps.passed(CODE, "the code is a promoter's")
    objection = _objection(terms, found) or _code_objection(terms, found)
    if objection:
        return steps.failed(CODE_USABLE, *objection)
    steps.passed(CODE_USABLE)
    _belongs_to(found, result)
    result.code = found[5]


def _belongs_to(found: tuple, result: Attribution) -> None:
    result.promotion, result.promoter, result.is_self_referral = found[0], found[1], bool(found[4])


def _flag_self_referral(terms: Terms, steps: Steps, result: Attribution) -> None:
    """A flag for the merchant to judge by; the deal is attributed all the same."""
    if result.promoter is None:
        return
    why = "the promoter and the merchant are one" if result.is_self_referral else None
    customer = result.customer
    if customer and _IS_PROMOTERS.row(result.promoter, terms.merchant, customer.lower(), customer):
        why = "the customer works for the promoter"
    if why:
        result.is_self_referral = True
        steps.passed(LINK_USABLE if result.code is None else CODE_USABLE, f"self-referral: {why}")


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
    if found[6] is not None:
        return "the code was ended", "Make a new code."
    if not terms.catalog_allows_codes:
        return "the catalog does not allow promo codes", "Allow promo codes in the catalog."
    if not terms.offer_allows_codes:
        return "the offer does not allow promo codes", "Allow promo codes for the offer."
    return None
