"""Promo codes: a promoter's own, and personal ones that the merchant makes for it. Unique within a merchant's catalogs."""

import re
from collections.abc import Callable
from datetime import datetime

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.promotions import code_limits
from portal.domain.affiliate.promotions.promotions import APPROVED, BY_MERCHANT, BY_PROMOTER, refuse_discount_outside
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import KeyPage
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.domain.typed.reserved_words import is_no_code
from portal.domain.typed.texts import mended, plain

MOST = 100
# Whether a code of the merchant's is something else already, and stays nothing else until the transaction ends: a named file of
# another area fills this list.
taken_elsewhere: list[Callable[[int, str], bool]] = []
_CODE = re.compile(r"[A-Za-z0-9_-]{3,32}")
_INSERT = Statement(
    """INSERT INTO promo_code (merchant_id, promotion_id, code, written, percent_discounts, is_personal, created_at, ends_at, uses_limit,
        uses)
    VALUES (:merchant, :promotion, :code, :written, :percent_discounts, :is_personal, :created_at, :ends_at, :uses_limit, 0)
    ON CONFLICT (merchant_id, code) DO NOTHING RETURNING id"""
)


def create(
    promotion: Promotion,
    written: str,
    hundredths: int,
    is_personal: bool = False,
    ends_at: datetime | None = None,
    uses_limit: int | None = None,
) -> PromoCode:
    """A code with its discount in hundredths of a percent; `is_personal` when the merchant makes it for the promoter.

    It counts until it is ended, until `ends_at`, and for `uses_limit` deals.

    Raises Invalid for a code that is taken, reserved or cannot be typed, a limit that is none, or a discount outside the
    catalog's limits; Refused while the promoter is not approved, or the catalog allows no codes.
    """
    written = plain(written)
    with transaction():
        # Before the catalog's lock, as others do that hold the partner.
        is_taken = any(claim(promotion.catalog.partner_id, mended(written)) for claim in taken_elsewhere)
        catalog = catalogs.locked(promotion.catalog_id)
        _refuse_unless_possible(catalog, Promotion.get_by_id(promotion.id))
        _refuse_wrong(catalog, written, hundredths, ends_at, uses_limit)
        code = mended(written)
        made = None if is_taken else _INSERT.value(
            merchant=catalog.partner_id, promotion=promotion.id, code=code, written=written,
            percent_discounts=hundredths, is_personal=is_personal, created_at=clock.micros(),
            ends_at=ends_at and clock.to_micros(ends_at), uses_limit=uses_limit,
        )  # fmt: skip
        if made is None:
            raise Invalid(
                "code",
                say("The code “{written}” is taken in this merchant’s catalogs. Choose another.", written=written),
            )
        _tell(catalog, promotion, "promo_code.created", code)
    return PromoCode.get_by_id(made)


def _refuse_wrong(
    catalog: Catalog, written: str, hundredths: int, ends_at: datetime | None, uses_limit: int | None
) -> None:
    wrong = []
    if not _CODE.fullmatch(written):
        wrong.append(("code", "Use 3 to 32 letters, digits, hyphens and underscores."))
    elif is_no_code(mended(written)):
        wrong.append(("code", f"“{written}” means something to programs, so it cannot be a code. Choose another."))
    for check in (
        lambda: refuse_discount_outside(catalog, hundredths),
        lambda: code_limits.checked(ends_at, uses_limit),
    ):
        try:
            check()
        except Invalid as error:
            wrong += error.errors
    if wrong:
        raise Invalid(*wrong[0], wrong)


def end(code: PromoCode, by: str) -> None:
    """The code no longer attributes; deals that used it keep it. Repeating it changes nothing.

    Raises what `own` does for a promoter's that became the merchant's to switch meanwhile.
    """
    ended = {"ended_at": clock.now(), "ended_by": by}
    _switch(code, PromoCode.ended_at.is_null(), ended, by, "promo_code.ended")


def resume(code: PromoCode, by: str) -> None:
    """The code works again. Repeating it changes nothing. Raises as `end` does."""
    _switch(code, PromoCode.ended_at.is_null(False), {"ended_at": None, "ended_by": None}, by, "promo_code.resumed")


def find(promotion: Promotion, code: str) -> PromoCode:
    """A code of the promotion, as somebody typed it. Raises NotFound."""
    found = PromoCode.get_or_none(PromoCode.promotion == promotion, PromoCode.code == mended(code))
    if found is None:
        raise NotFound(say("promo code"))
    return found


def own(promotion: Promotion, code: str) -> PromoCode:
    """A code that the promoter may end and resume. Raises NotFound; Refused for one that is the merchant's to switch."""
    found = find(promotion, code)
    if found.is_merchants:
        why = "made this personal code for you" if found.is_personal else "ended this code"
        raise Refused(say("The merchant {why}, and it alone ends or resumes it. Ask it.", why=why))
    return found


def personal(promotion: Promotion, code: str) -> PromoCode:
    """A code that the merchant made for the promoter, or gave it, and so limits. Raises NotFound, Refused for the promoter's own."""
    found = find(promotion, code)
    if not found.is_personal:
        raise Refused(
            say("The promoter made this code, and it alone says how often and until when it counts. You can end it.")
        )
    return found


def of(promotion: Promotion) -> list[PromoCode]:
    """The promotion's codes, newest first."""
    return list(PromoCode.select().where(PromoCode.promotion == promotion).order_by(PromoCode.id.desc()))


def of_several(promotions: list[Promotion]) -> list[PromoCode]:
    """The codes of a promoter's promotions, newest first, each with its promotion."""
    each = {promotion.id: promotion for promotion in promotions}
    found = list(PromoCode.select().where(PromoCode.promotion.in_(list(each))).order_by(PromoCode.id.desc()))
    for code in found:
        code.promotion = each[code.promotion_id]
    return found


def may_be_made(promotion: Promotion) -> bool:
    """Whether the promotion may have another code, as far as its catalog goes; `create` decides."""
    catalog = promotion.catalog
    has_limits = catalog.min_promo_code_percent is not None and catalog.max_promo_code_percent is not None
    return promotion.state == APPROVED and catalog.is_published and catalog.is_promocode_allowed and has_limits


def of_catalog(catalog: Catalog, before: int | None = None) -> KeyPage:
    """Fifty of the catalog's codes with their promoters, newest first; those before the code with this id."""
    found = PromoCode.select(PromoCode, Promotion, Partner).join(Promotion).join(Partner, on=Promotion.promoter)
    found = found.where(PromoCode.merchant == catalog.partner_id, Promotion.catalog == catalog)
    if before is not None:
        found = found.where(PromoCode.id < before)
    rows = list(found.order_by(PromoCode.id.desc()).limit(key_pages.MOST + 1))
    return KeyPage(rows[: key_pages.MOST], older_than=rows[-2].id if len(rows) > key_pages.MOST else None)


def _refuse_unless_possible(catalog: Catalog, promotion: Promotion) -> None:
    if promotion.state != APPROVED:
        raise Refused(say("Only an approved promoter can have promo codes."))
    if not catalog.is_published:
        raise Refused(
            say("The catalog is not published, so nobody could use the code. The merchant has to publish it.")
        )
    if not catalog.is_promocode_allowed:
        raise Refused(
            say("The catalog does not allow promo codes. The merchant can allow them in the catalog’s settings.")
        )
    if PromoCode.select().where(PromoCode.promotion == promotion).count() >= MOST:
        raise Refused(say("A promoter can have {most} codes in a catalog. Use one that is there.", most=MOST))


def _switch(code: PromoCode, is_other, switched: dict, by: str, fact: str) -> None:
    """Only from the other state, so that of two at once one tells, and only while whoever does it may."""
    its = [PromoCode.id == code.id, PromoCode.promotion == code.promotion_id, is_other]
    if by == BY_PROMOTER:
        its += [~PromoCode.is_personal, PromoCode.ended_by.is_null() | (PromoCode.ended_by != BY_MERCHANT)]
    promotion = code.promotion
    with transaction():
        if PromoCode.update(**switched).where(*its).execute():
            _tell(promotion.catalog, promotion, fact, code.code)
        elif by == BY_PROMOTER:
            own(promotion, code.code)


def _tell(catalog: Catalog, promotion: Promotion, fact: str, code: str) -> None:
    log.record_for_both((catalog.partner_id, promotion.promoter_id), fact, "promotion", promotion.uid, {"code": code})
