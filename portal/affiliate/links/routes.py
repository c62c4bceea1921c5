"""Promoters' links, which anybody may follow."""

from portal.affiliate.links import pages
from portal.routing import PUBLIC, page

ROUTES = [
    page("GET", "/go/<uid>", pages.catalog, PUBLIC),
    page("GET", "/go/<uid>/<code>", pages.landing, PUBLIC),
]
