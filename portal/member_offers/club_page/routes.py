"""The pages of the club's address."""

from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.member_offers.club_page import pages, posters
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)
ROUTES = [
    page("GET", "/club-page", pages.show, VIEW),
    page("GET", "/club-page/poster", posters.show, VIEW),
    page("POST", "/club-page/uses", pages.uses, EDIT),
]
