"""Checks over JSON that a customer really came by a promoter (contract: affiliate)."""

from portal.affiliate import wire
from portal.affiliate.schemas import PromoCheck, UidCheck
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.affiliate.promotions import checks as promo_checks


def check_promo(caller: Credential, query: PromoCheck) -> dict:
    """The discount of a promo code, among the promoters of this partner's catalogs, or of one of its coupons.

    404 says which check failed: the code is unknown, belongs to another catalog, was ended, has expired or has no use
    left; its catalog is not published or allows no codes; its promoter is not approved; or the coupon cannot be used.
    """
    return {
        "percent_discounts": wire.percent(promo_checks.code_discount(caller.partner_id, query.code, query.catalog_id))
    }


def check_uuid(caller: Credential, query: UidCheck) -> dict:
    """The standing discount of a promoter's uid in one of this partner's catalogs, 0 where there is none.

    404 for a uid that is unknown, whose promoter is not approved, or whose catalog is not published.
    """
    return {"percent_discounts": wire.percent(promo_checks.uid_discount(caller.partner_id, query.code))}
