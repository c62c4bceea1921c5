"""Coupons: their pages and their JSON."""

from portal.coupons.coupons import acts, exports, pages, tag_pages
from portal.coupons.coupons import api as json
from portal.coupons.coupons.schemas import Coupon, CouponChange, CouponCreate, CouponDetails, CouponFilter, MadeCoupon
from portal.coupons.examples import COUPON, COUPON_CREATE, MADE, OFFER, RESERVED
from portal.coupons.sellers import Seller
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
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
        hides_missing=True,
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
VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_TAG = f"/coupons/tags/<int(max={2**63 - 1}):tag_id>"
_COUPON = f"/coupons/<int(max={2**63 - 1}):coupon_id>"
PAGES = [
    page("GET", "/coupons", pages.index, VIEW),
    page("GET", "/coupons/export.csv", exports.coupons, VIEW),
    page("POST", "/coupons/chosen", acts.chosen, EDIT),
    page("GET", "/coupons/tags", tag_pages.index, VIEW),
    page("GET", "/coupons/tags/export.csv", tag_pages.csv, VIEW),
    page("GET POST", "/coupons/tags/new", tag_pages.new, EDIT),
    page("GET POST", f"{_TAG}/edit", tag_pages.edit, EDIT),
    page("GET POST", f"{_TAG}/removal", tag_pages.removal, EDIT),
    page("GET POST", "/coupons/new", pages.new, EDIT),
    page("GET", _COUPON, pages.show, VIEW),
    page("GET POST", f"{_COUPON}/edit", pages.edit, EDIT),
    page("GET POST", f"{_COUPON}/promoter", pages.promoter, EDIT),
    page("GET POST", f"{_COUPON}/switching-off", pages.switching_off, EDIT),
    page("POST", f"{_COUPON}/switching-on", pages.switching_on, EDIT),
]
ROUTES = API + PAGES
