"""The pages of a club's offers."""

from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.member_offers.member_terms import pages, removal
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_OFFER = f"/member-offers/<int(max={2**63 - 1}):offer_id>"
ROUTES = [
    page("GET", "/member-offers", pages.index, VIEW),
    page("GET POST", "/member-offers/new", pages.new, EDIT),
    page("GET", _OFFER, pages.show, VIEW),
    page("GET POST", f"{_OFFER}/edit", pages.edit, EDIT),
    page("GET POST", f"{_OFFER}/removal", removal.ask, EDIT),
    page("POST", f"{_OFFER}/showing", pages.showing, EDIT),
    page("GET POST", "/offers/<uuid>/members", pages.of_offer, EDIT),
]
