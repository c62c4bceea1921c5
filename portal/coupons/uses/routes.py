"""Uses of coupons: their JSON."""

from portal.coupons.admissions import WITH_SECRET, anybody_or
from portal.coupons.errors import OF_USES
from portal.coupons.examples import USAGE, USAGE_CREATE
from portal.coupons.uses import api as json
from portal.coupons.uses.schemas import UsageCreate, Usages, Validated, Validity
from portal.domain.coupons.permits import COUPONS_READ
from portal.routing import api

ROUTES = [
    api(
        "GET",
        "/api/coupon-validation",
        json.validate,
        anybody_or(COUPONS_READ),
        "Validate a coupon",
        operation="validate_coupon",
        is_cross_origin=True,
        query=Validated,
        answer=Validity,
        answer_example={"valid": True},
    ),
    api(
        "POST",
        "/api/reservations/<reservation_id>/coupon-usage",
        json.use,
        WITH_SECRET,
        "Use coupons on a reservation",
        operation="use_coupons",
        hides_missing=True,
        is_cross_origin=True,
        body=UsageCreate,
        answer=Usages,
        example=USAGE_CREATE,
        answer_example=USAGE,
        errors=OF_USES,
    ),
]
