"""The start page."""

from portal.home import pages
from portal.routing import SIGNED_IN, page

ROUTES = [page("GET", "/", pages.start, SIGNED_IN)]
