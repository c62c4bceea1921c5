"""Locations: their pages."""

from portal.cards.locations import pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
ROUTES = [
    page("GET", "/account/locations", pages.index, VIEW),
    page("GET POST", "/account/locations/new", pages.new, EDIT),
    page("GET POST", "/account/locations/<location>", pages.edit, EDIT),
    page("POST", "/account/locations/<location>/closing", pages.closing, EDIT),
    page("POST", "/account/locations/<location>/opening", pages.opening, EDIT),
]
