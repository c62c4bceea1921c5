"""A code is a promoter's or a coupon's of the same merchant, never both: whoever makes one looks for the other, and of two that
make both at once the second one sees the first (contract: coupons, "Codes")."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.errors import Taken
from portal.domain.sentences import say


class _PromoCode(NamedTuple):
    code: str
    written: str


# Coupons wait for no other coupon, and whoever refers to the partner waits for neither.
_BESIDE_COUPONS = Statement("SELECT id FROM partner WHERE id = :partner", lock="FOR SHARE")
_ALONE = Statement("SELECT id FROM partner WHERE id = :partner", lock="FOR NO KEY UPDATE")
_IS_COUPON = Statement("SELECT 1 FROM coupon WHERE partner_id = :partner AND code = :code")
_PROMO_CODES = Statement(
    "SELECT code, written FROM promo_code WHERE merchant_id = :partner AND code IN :codes", _PromoCode
)


def refuse_promo_codes(partner_id: int, codes: list[str]) -> None:
    """In the transaction that makes coupons. Raises Taken for a code that is a promoter's."""
    _BESIDE_COUPONS.value(partner=partner_id)
    for sentence in promo_codes(partner_id, codes).values():
        raise Taken(sentence, field="code")


def promo_codes(partner_id: int, codes: list[str]) -> dict[str, str]:
    """Why coupons with these codes would be refused; of those that are nobody's, nothing."""
    found = _PROMO_CODES.rows(partner=partner_id, codes=codes) if codes else []
    return {
        row.code: say(
            "“{code}” is the promo code of a promoter in one of your catalogs. Choose another code.", code=row.written
        )
        for row in found
    }


def is_coupon(partner_id: int, code: str) -> bool:
    """In the transaction that makes a promo code: whether a coupon of the merchant's has it."""
    _ALONE.value(partner=partner_id)
    return _IS_COUPON.value(partner=partner_id, code=code) is not None
