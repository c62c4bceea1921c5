"""Assigning coupons: its pages, and its JSON under both addresses that clients know."""

from portal.coupons.assignments import api as json
from portal.coupons.assignments.page_routes import PAGES
from portal.coupons.assignments.schemas import Assignment, Success
from portal.coupons.errors import JSON_API, OF_ASSIGNMENTS
from portal.coupons.examples import ASSIGNMENT
from portal.domain.coupons.permits import COUPONS_WRITE
from portal.routing import api, permit

API = [
    api(
        "POST",
        path,
        view,
        permit(COUPONS_WRITE),
        "Assign coupons",
        operation=operation,
        body=Assignment,
        body_may_be_wrapped=True,
        answer=Success,
        media_type=JSON_API,
        errors=OF_ASSIGNMENTS,
        example=ASSIGNMENT,
        answer_example={"success": True},
    )
    for path, view, operation in (
        ("/api/coupons-assignment", json.assign, "assign_coupons"),
        ("/api/coupon-assignment", json.assign_by_other_name, "assign_coupon"),
    )
]
ROUTES = API + PAGES
