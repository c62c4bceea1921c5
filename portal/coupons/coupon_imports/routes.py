"""Importing coupons from files."""

from portal.coupons.coupon_imports import files, pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import page, roles

EDIT = roles(MAY_EDIT)

ROUTES = [
    page("GET POST", "/coupons/imports", pages.index, EDIT),
    page("GET", "/coupons/imports/sample.csv", files.sample, EDIT),
    page("GET", "/coupons/imports/<import_uuid>", pages.show, EDIT),
    page("GET", "/coupons/imports/<import_uuid>/progress", pages.progress, EDIT),
    page("GET POST", "/coupons/imports/<import_uuid>/columns", pages.columns, EDIT),
    page("POST", "/coupons/imports/<import_uuid>/lines", pages.lines, EDIT),
    page("POST", "/coupons/imports/<import_uuid>/check", pages.check, EDIT),
    page("POST", "/coupons/imports/<import_uuid>/confirmation", pages.confirmation, EDIT),
    page("GET POST", "/coupons/imports/<import_uuid>/cancellation", pages.cancellation, EDIT),
    page("GET POST", "/coupons/imports/<import_uuid>/undoing", pages.undo, EDIT),
    page("GET", "/coupons/imports/<import_uuid>/bad.csv", files.bad, EDIT),
]
