"""The pages of a club's offers."""

from portal.member_offers.mobile import browsing, pages, using
from portal.routing import CLUB, MEMBER, page

_OFFER = "/club/<club_slug>/offers/<offer_id>"
ROUTES = [
    page("GET", "/club/<club_slug>/offers", browsing.index, CLUB),
    page("GET", _OFFER, pages.show, CLUB),
    page("GET", f"{_OFFER}/address", pages.leave, CLUB),
    page("POST", f"{_OFFER}/like", pages.like, MEMBER),
    page("GET POST", f"{_OFFER}/use", using.use, MEMBER),
]
