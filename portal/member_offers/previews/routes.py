"""Previews of the club's offers."""

from portal.domain.accounts.roles import MAY_VIEW
from portal.member_offers.previews import pages
from portal.routing import page, roles

VIEW = roles(MAY_VIEW)
ROUTES = [
    page("GET", "/member-offers/preview", pages.index, VIEW),
    page("GET", f"/member-offers/<int(max={2**63 - 1}):offer_id>/preview", pages.offer, VIEW),
]
