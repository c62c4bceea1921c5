"""Check a code: its page."""

from portal.coupons.coupon_check import pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

ROUTES = [
    page("GET", "/coupon-check", pages.index, roles(MAY_VIEW)),
    page("POST", "/coupon-check", pages.mend, roles(MAY_EDIT)),
]
