"""Whose deal is it, and why: the promoter's link before the promoter's code (contract: affiliate, "Attribution")."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.attribution import other_codes, sellers
from portal.domain.affiliate.attribution.another_data import customer, pairs_of, uids, unknown_uid
from portal.domain.affiliate.attribution.other_codes import OtherCode, Sale
from portal.domain.affiliate.attribution.self_referrals import is_promoters
from portal.domain.affiliate.attribution.sellers import Seller
from portal.domain.affiliate.clicks import keys as click_keys
from portal.domain.affiliate.clicks import of_members
from portal.domain.affiliate.deals.rows import Terms
from portal.domain.affiliate.promotions.usable import (
    ALLOWED,
    APPROVED,
    IN_CATALOG,
    IN_TIME,
    LEFT,
    PUBLISHED,
    RUNNING,
    fulfilled,
)
from portal.domain.sentences import counted, say
from portal.domain.steps import FAILED, PASSED, Steps
from portal.domain.typed.texts import plain

_DAY = 86_400 * 1_000_000
LINK, LINK_USABLE, CLICK, CODE, CODE_USABLE = (
    "link named",
    "link usable",
    "click in time",
    "code named",
    "code usable",
)
CUSTOMER = "customer found"  # told where not the order, but a click or a code said who bought
REWARD = "reward chosen"  # told where another reward than the offer's or the catalog's was


class _Click(NamedTuple):
    id: int | None  # None while it waits to be written
    promotion_id: int
    at: int


_CLICK = Statement("SELECT id, promotion_id, at FROM click WHERE key = :key", _Click)

_CODES_ALLOWED_BY_OFFER, _OFFER_ACTIVE = "offer allows codes", "offer active"
# Each condition with what is said when it fails, and what would mend it.
_OF_LINKS = (
    (
        IN_CATALOG,
        say("it belongs to another catalog"),
        say("Report the deal with the catalog that the promoter sells."),
    ),
    (PUBLISHED, say("the catalog is not published"), say("Publish the catalog.")),
    (_OFFER_ACTIVE, say("the offer is not active"), say("Activate the offer.")),
    (APPROVED, say("the promoter’s application is {state}"), say("Approve the promoter.")),
)
_OF_CODES = (
    *_OF_LINKS,
    (RUNNING, say("the code was ended"), say("Make a new code.")),
    (IN_TIME, say("the code has expired"), say("Give it a later end, or make a new code.")),
    (LEFT, say("all uses of the code are taken"), say("Raise its limit, or make a new code.")),
    (ALLOWED, say("the catalog does not allow promo codes"), say("Allow promo codes in the catalog.")),
    (_CODES_ALLOWED_BY_OFFER, say("the offer does not allow promo codes"), say("Allow promo codes for the offer.")),
)

_OF_NOBODY = (
    say("it is no promoter’s"),
    say("Say whose the deals with it are, if they are to be somebody’s."),
)


@dataclass(slots=True)
class Attribution:
    """The promotion that a deal belongs to, if any, the steps that decided it, and what it earns: hundredths of a percent, or
    minor units."""

    reward_percent: int | None
    fix_remuneration: int | None
    promotion: int | None = None
    promoter: int | None = None
    code: int | None = None
    click: int | None = None
    early_click: tuple[str, int, int] | None = None  # (key, promotion, at) of a click that is not written yet
    customer: str | None = None
    is_self_referral: bool = False
    unknown_uid: str | None = None  # of a deal that is nobody's
    other: OtherCode | None = None  # the code is no promoter's: it is used with the deal, whoever's that is
    is_by_code: bool = False
    steps: list = field(default_factory=list)


def attribute(terms: Terms, another_data: str | None, promo_code: str | None, cost: int = 0) -> Attribution:
    """Decide for a new deal, for which so much was paid (minor units). Never refuses: a deal that is nobody's is recorded all the
    same."""
    result = Attribution(terms.reward_percent, terms.fix_remuneration)
    if not another_data and not promo_code:
        return result
    steps = Steps(LINK, LINK_USABLE, CLICK, CODE, CODE_USABLE)
    pairs = pairs_of(another_data)
    result.customer = customer(pairs) or _clicked_by(terms, pairs, steps)
    sale = Sale(terms.merchant_id, promo_code or "", cost, terms.currency, pairs, result.customer)
    if not _by_link(terms, pairs, steps, result):
        _by_code(terms, sale, steps, result)
    elif promo_code:
        _beside_link(terms, sale, steps, result)
    if result.promotion is not None:
        result.unknown_uid = None
    _flag_self_referral(terms, steps, result)
    result.steps = steps.as_list()
    return result


def _by_link(terms: Terms, pairs: dict, steps: Steps, result: Attribution) -> bool:
    named = uids(pairs)
    found = next(filter(None, (sellers.by_uid(terms, uid) for uid in named)), None)
    if found is None:
        result.unknown_uid = unknown_uid(pairs)
        detail = (
            say("no promoter has the uid {uid}", uid=named[0][:40]) if named else say("another_data names no promoter")
        )
        steps.failed(LINK, detail, say("Pass on the whole query of the promoter’s link, myshare included."))
        return False
    steps.passed(LINK, say("another_data names a promoter"))
    objection = _objection(terms, found, _OF_LINKS)
    if objection:
        steps.failed(LINK_USABLE, *objection)
        return False
    steps.passed(LINK_USABLE)
    if not _click_in_time(terms, plain(pairs.get("click", "")), found.promotion_id, steps, result):
        return False
    _belongs_to(terms, found, steps, result)
    return True


def _click_in_time(terms: Terms, key: str, promotion: int, steps: Steps, result: Attribution) -> bool:
    """Whether the click, if one is named, does not speak against the link; its own click is tied to the deal."""
    click = _click(key) if key else None
    if click is None or click.promotion_id != promotion:
        steps.passed(
            CLICK, "" if not key else say("another link’s click") if click else say("the click is not known here")
        )
        return True
    days = terms.cookies_storage_days
    if clock.micros() - click.at > days * _DAY:
        fix = say("Raise the catalog’s cookie storage days if this is too short.")
        steps.failed(
            CLICK, counted(days, "the click is older than 1 day", "the click is older than {number} days"), fix
        )
        return False
    steps.passed(CLICK, say("the link’s own click"))
    result.click = click.id
    if click.id is None:
        result.early_click = (key, click.promotion_id, click.at)
    return True


def _clicked_by(terms: Terms, pairs: dict, steps: Steps) -> str | None:
    """The customer whose own click the order names, where it names no customer."""
    lasts = timedelta(days=terms.cookies_storage_days)
    found = of_members.whose(terms.merchant_id, plain(pairs.get("click", "")), lasts)
    if found:
        steps.also(CUSTOMER, say("the customer opened the offer’s address in the club, or in a program of yours"))
    return found


def _click(key: str) -> _Click | None:
    found = _CLICK.row(key=key)
    if found is None:
        known = click_keys.read(key)
        found = known and _Click(None, *known)
    return found


def _by_code(terms: Terms, sale: Sale, steps: Steps, result: Attribution) -> None:
    found = sellers.by_code(terms, sale.code) if sale.code else None
    if found is None:
        return _by_other_code(terms, sale, steps, result)
    steps.passed(CODE, say("the code is a promoter’s"))
    objection = _objection(terms, found, _OF_CODES)
    if objection:
        return steps.failed(CODE_USABLE, *objection)
    steps.passed(CODE_USABLE)
    _belongs_to(terms, found, steps, result)


def _by_other_code(terms: Terms, sale: Sale, steps: Steps, result: Attribution) -> None:
    other = _other(sale, steps, result) if sale.code else None
    if other is None:
        detail = say("no promoter has this code") if sale.code else say("the deal carries no promo code")
        return steps.failed(CODE, detail, say("Send the promo code as the customer typed it."))
    found = sellers.by_promotion(terms, other.promotion_id) if other.promotion_id else None
    objection = other.objection or (_objection(terms, found, _OF_CODES) if found else _OF_NOBODY)
    if objection or found is None:
        return steps.failed(CODE_USABLE, *objection or _OF_NOBODY)
    steps.passed(CODE_USABLE)
    _belongs_to(terms, found, steps, result, other.reward_percent)


def _beside_link(terms: Terms, sale: Sale, steps: Steps, result: Attribution) -> None:
    """A link has decided, and a code that is no promoter's is used all the same."""
    other = _other(sale, steps, result)
    if other is None:
        return
    if other.objection:
        return steps.failed(CODE_USABLE, *other.objection)
    found = sellers.by_promotion(terms, other.promotion_id) if other.promotion_id else None
    if found is None or found.promotion_id == result.promotion:
        return steps.passed(CODE_USABLE, say("it is used, and the link says whose the deal is"))
    steps.passed(CODE_USABLE, say("it is used, but it is another promoter’s, and a link counts before a code"))


def _other(sale: Sale, steps: Steps, result: Attribution) -> OtherCode | None:
    result.other = other_codes.of_sale(sale)
    if result.other:
        steps.passed(CODE, result.other.named)
        if result.customer is None and result.other.customer:
            result.customer = result.other.customer
            steps.also(CUSTOMER, say("the code was drawn for this customer alone"))
    return result.other


def _belongs_to(terms: Terms, found: Seller, steps: Steps, result: Attribution, own_percent: int | None = None) -> None:
    """`own_percent` is what the code itself says is earned, before all else."""
    result.promotion, result.promoter, result.code = found.promotion_id, found.promoter_id, found.code_id
    result.is_self_referral = bool(found.are_one)
    result.is_by_code = steps.has_passed(CODE_USABLE)
    if own_percent is not None:
        result.reward_percent, result.fix_remuneration = own_percent, None
        steps.also(REWARD, sellers.instead(terms, found, own_percent))
    elif found.has_special:
        result.reward_percent, result.fix_remuneration = found.special_percent, found.special_sum
        steps.also(REWARD, sellers.instead(terms, found))


def _flag_self_referral(terms: Terms, steps: Steps, result: Attribution) -> None:
    """A flag for the merchant to judge by; the deal is attributed all the same."""
    if result.promoter is None:
        return
    why = say("the promoter and the merchant are one") if result.is_self_referral else None
    if result.customer and is_promoters(result.promoter, terms.merchant_id, result.customer):
        why = say("the customer works for the promoter")
    if why:
        result.is_self_referral = True
        steps.passed(CODE_USABLE if result.is_by_code else LINK_USABLE, say("self-referral: {why}", why=why))


def _objection(terms: Terms, found: Seller, conditions: tuple) -> tuple[str, str] | None:
    """Why a promoter cannot have this deal, and what would mend it."""
    met = {
        **fulfilled(
            found.catalog_id == terms.catalog_id,
            terms.is_published,
            found.state,
            terms.catalog_allows_codes,
            found,
        ),
        _OFFER_ACTIVE: terms.offer_is_active,
        _CODES_ALLOWED_BY_OFFER: terms.offer_allows_codes,
    }
    failed = next((said for said in conditions if not met[said[0]]), None)
    return failed and (failed[1].format(state=found.state), failed[2])


def is_by_code(steps: list[dict]) -> bool:
    """Whether a code decided, by the steps of a deal that is somebody's: a link that counts comes before it."""
    outcomes = {step["check"]: step["outcome"] for step in steps}
    by_link = outcomes.get(LINK_USABLE) == PASSED and outcomes.get(CLICK) != FAILED
    return outcomes.get(CODE_USABLE) == PASSED and not by_link
