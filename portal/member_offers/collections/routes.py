"""The pages of a club's collections."""

from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.member_offers.collections import order, pages
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_ONE = f"/collections/<int(max={2**63 - 1}):collection_id>"
ROUTES = [
    page("GET", "/collections", pages.index, VIEW),
    page("GET POST", "/collections/new", pages.new, EDIT),
    page("GET", _ONE, pages.show, VIEW),
    page("GET POST", f"{_ONE}/edit", pages.edit, EDIT),
    page("GET POST", f"{_ONE}/removal", pages.removal, EDIT),
    page("POST", "/collections/order", order.of_collections, EDIT),
    page("POST", f"{_ONE}/order", order.of_offers, EDIT),
    page("POST", f"{_ONE}/place", pages.place, EDIT),
    page("POST", f"{_ONE}/offers", pages.offers, EDIT),
]
