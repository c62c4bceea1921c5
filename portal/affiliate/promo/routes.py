"""Checks of promo codes and promoter ids."""

from portal.affiliate.promo import api as json
from portal.affiliate.schemas import Discount, PromoCheck, UidCheck
from portal.domain.affiliate.permits import PROMO_CHECK
from portal.routing import api, permit

CHECK = permit(PROMO_CHECK)
ROUTES = [
    api(
        "GET",
        "/api/promo/check_promo",
        json.check_promo,
        CHECK,
        "Check a promo code",
        operation="check_promo",
        query=PromoCheck,
        refuses=(404,),
        answer=Discount,
        answer_example={"percent_discounts": 5.0},
    ),
    api(
        "GET",
        "/api/promo/check_uuid",
        json.check_uuid,
        CHECK,
        "Check a promoter's uid",
        operation="check_uuid",
        query=UidCheck,
        refuses=(404,),
        answer=Discount,
        answer_example={"percent_discounts": 0.0},
    ),
]
