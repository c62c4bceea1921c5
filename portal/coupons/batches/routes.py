"""Generating codes."""

from portal.coupons.batches import files, pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

EDIT, VIEW = roles(MAY_EDIT), roles(MAY_VIEW)

ROUTES = [
    page("GET", "/coupons/batches", pages.index, VIEW),
    page("GET POST", "/coupons/batches/new", pages.new, EDIT),
    page("GET", "/coupons/batches/new/foreseen", pages.foreseen, EDIT),
    page("GET", "/coupons/batches/<batch_uuid>", pages.show, VIEW),
    page("GET", "/coupons/batches/<batch_uuid>/progress", pages.progress, VIEW),
    page("GET POST", "/coupons/batches/<batch_uuid>/cancellation", pages.cancellation, EDIT),
    page("GET POST", "/coupons/batches/<batch_uuid>/switching-off", pages.switching_off, EDIT),
    page("POST", "/coupons/batches/<batch_uuid>/switching-on", pages.switching_on, EDIT),
    page("GET", "/coupons/batches/<batch_uuid>/codes.csv", files.codes, VIEW),
]
