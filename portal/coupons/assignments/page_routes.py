"""Assignments of coupons: their pages."""

from portal.coupons.assignments import pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_ASSIGNMENT = "/coupons/assignments/<assignment_uuid>"
PAGES = [
    page("GET POST", "/coupons/assign", pages.new, EDIT),
    page("GET", _ASSIGNMENT, pages.show, VIEW),
    page("GET POST", f"{_ASSIGNMENT}/edit", pages.edit, EDIT),
    page("GET POST", f"{_ASSIGNMENT}/ending", pages.ending, EDIT),
]
