"""Reservations: their pages."""

from portal.coupons.reservations import acts, pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
_ONE = f"/reservations/<int(max={2**63 - 1}):reservation_id>"
PAGES = [
    page("GET", "/reservations", pages.index, VIEW),
    page("GET", _ONE, pages.show, VIEW),
    page("POST", f"{_ONE}/purchase", acts.purchase, EDIT),
    page("GET POST", f"{_ONE}/release", acts.release, EDIT),
]
