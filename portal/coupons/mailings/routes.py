"""Mailing codes."""

from portal.coupons.mailings import pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import page, roles

EDIT = roles(MAY_EDIT)

ROUTES = [
    page("GET", "/coupons/mailings", pages.index, EDIT),
    page("GET POST", "/coupons/mailings/new", pages.new, EDIT),
    page("GET", "/coupons/mailings/<mailing_uuid>", pages.show, EDIT),
    page("GET", "/coupons/mailings/<mailing_uuid>/progress", pages.progress, EDIT),
    page("GET POST", "/coupons/mailings/<mailing_uuid>/cancellation", pages.cancellation, EDIT),
]
