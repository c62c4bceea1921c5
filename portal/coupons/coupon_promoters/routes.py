"""Whose the deals with a coupon are: its page."""

from portal.coupons.coupon_promoters import pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import page, roles

ROUTES = [page("GET POST", f"/coupons/<int(max={2**63 - 1}):coupon_id>/promoter", pages.edit, roles(MAY_EDIT))]
