"""Is this promo code, or this uid, good for something in the merchant's catalogs? (contract: affiliate, `check_promo`)."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate import codes
from portal.domain.affiliate.attribution import other_codes
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
from portal.domain.errors import NotFound
from portal.domain.identifiers import normal_code, typed_uuid
from portal.domain.sentences import say
from portal.domain.steps import Steps
from portal.domain.typed.texts import mended

KNOWN = "code known"
# Each with what is said when it fails, and what would mend it.
_CONDITIONS = (
    (IN_CATALOG, say("This code belongs to another catalog"), say("Ask with the catalog_id it was made for.")),
    (PUBLISHED, say("The catalog of this code is not published"), say("Publish the catalog.")),
    (ALLOWED, say("The catalog does not allow promo codes"), say("Allow promo codes in the catalog.")),
    (APPROVED, say("The promoter of this code is not approved"), say("Approve the promoter.")),
    (RUNNING, say("This code was ended"), say("Ask the promoter for the present one.")),
    (IN_TIME, say("This code has expired"), say("Give it a later end, or ask the promoter for the present one.")),
    (LEFT, say("All uses of this code are taken"), say("Raise its limit, or ask the promoter for another one.")),
)
_CODES = {
    KNOWN: codes.PROMO_CODE_UNKNOWN,
    IN_CATALOG: codes.PROMO_CODE_OF_ANOTHER_CATALOG,
    PUBLISHED: codes.PROMO_CODE_UNPUBLISHED,
    ALLOWED: codes.PROMO_CODES_NOT_ALLOWED,
    APPROVED: codes.PROMOTER_NOT_APPROVED,
    RUNNING: codes.PROMO_CODE_ENDED,
    IN_TIME: codes.PROMO_CODE_EXPIRED,
    LEFT: codes.PROMO_CODE_USED_UP,
}


class _Code(NamedTuple):
    percent_discounts: int
    ended_at: int | None
    ends_at: int | None
    uses_limit: int | None
    uses: int
    state: str
    catalog_uuid: str
    catalog_short_code: str
    is_published: bool
    is_promocode_allowed: bool


_CODE = Statement(
    """SELECT k.percent_discounts, k.ended_at, k.ends_at, k.uses_limit, k.uses, m.state, c.uuid AS catalog_uuid,
        c.short_code AS catalog_short_code, c.is_published, c.is_promocode_allowed
    FROM promo_code k JOIN promotion m ON m.id = k.promotion_id JOIN catalog c ON c.id = m.catalog_id
    WHERE k.merchant_id = :merchant AND k.code = :code""",
    _Code,
)
_DISCOUNT_OF_UID = Statement(
    """SELECT m.percent_discounts FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    WHERE m.uid = :uid AND c.partner_id = :merchant AND m.state = 'approved' AND c.is_published"""
)


class Unusable(NotFound):
    """The code cannot be used, with the steps that tell why."""

    def __init__(self, steps: Steps, about: tuple | None = None):
        super().__init__("promo code")
        self.steps, self.about = steps.as_list(), about
        failed = next(step for step in self.steps if step["outcome"] == "failed")
        self.sentence = f"{failed['detail'].rstrip('.')}. {failed['fix']}"
        self.code = _CODES.get(failed["check"], codes.COUPON_NOT_USABLE)


def code_discount(merchant: int, code: str, catalog_reference: str | None = None) -> int | None:
    """The discount of a code in hundredths of a percent; None for a coupon of a fixed amount. A coupon is of no catalog. Raises
    Unusable with the check that failed."""
    steps = Steps(KNOWN, *(check for check, _, _ in _CONDITIONS))
    meant = mended(code)
    found = _CODE.row(merchant=merchant, code=meant)
    if found is None and (other := other_codes.checked(merchant, meant)):
        return other.percent
    if found is None:
        steps.failed(KNOWN, say("No promoter of yours has this code"), say("Check its spelling with the customer."))
        raise Unusable(steps)
    steps.passed(KNOWN)
    is_its = _is_of(found, catalog_reference)
    met = fulfilled(is_its, found.is_published, found.state, found.is_promocode_allowed, found)
    for check, detail, fix in _CONDITIONS:
        if not met[check]:
            steps.failed(check, detail, fix)
            raise Unusable(steps, (merchant, "promo code", meant[:64]))
        steps.passed(check)
    return found.percent_discounts


def uid_discount(merchant: int, uid: str) -> int:
    """The standing discount of a promoter's uid in hundredths of a percent. Raises NotFound."""
    code = normal_code(uid)
    discount = _DISCOUNT_OF_UID.value(uid=code, merchant=merchant) if code else None
    if discount is None:
        raise NotFound(say("promoter uid"))
    return discount


def _is_of(code: _Code, reference: str | None) -> bool:
    if not reference:
        return True
    return typed_uuid(reference) == code.catalog_uuid or normal_code(reference) == code.catalog_short_code
