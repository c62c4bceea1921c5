"""Coupons: their JSON, and the file of those that are filtered."""

from portal.coupons.coupons import api as json
from portal.coupons.coupons import exports
from portal.coupons.coupons.schemas import Coupon, CouponChange, CouponCreate, CouponDetails, CouponFilter, MadeCoupon
from portal.coupons.examples import COUPON, COUPON_CREATE, MADE, OFFER, RESERVED
from portal.coupons.sellers import Seller
from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.coupons.permits import COUPONS_READ, COUPONS_WRITE
from portal.routing import api, page, permit, roles

READ, WRITE = permit(COUPONS_READ), permit(COUPONS_WRITE)
API = [
    api(
        "GET",
        "/api/coupons",
        json.index,
        READ,
        "List coupons",
        operation="list_coupons",
        query=CouponFilter,
        answer=list[Coupon],
        answer_example=[COUPON, RESERVED],
    ),
    api(
        "POST",
        "/api/coupons",
        json.create,
        WRITE,
        "Create a coupon",
        operation="create_coupon",
        status=201,
        query=Seller,
        body=CouponCreate,
        answer=MadeCoupon,
        example=COUPON_CREATE,
        answer_example=MADE,
    ),
    api(
        "GET",
        "/api/coupons/<coupon_id>",
        json.show,
        READ,
        "Get a coupon",
        operation="get_coupon",
        answer=CouponDetails,
        answer_example={**COUPON, "offers": [OFFER]},
    ),
    api(
        "PATCH",
        "/api/coupons/<coupon_id>",
        json.change,
        WRITE,
        "Change a coupon",
        operation="update_coupon",
        body=CouponChange,
        answer=MadeCoupon,
        example={"name": "Summer coupon", "amount": 12.5},
        answer_example=MADE | {"name": "Summer coupon", "amount": 12.5},
    ),
]
PAGES = [page("GET", "/coupons/export.csv", exports.coupons, roles(MAY_VIEW))]
ROUTES = API + PAGES
