"""The search: things of the partner's for those who may see them, pages and acts for everybody who is signed in."""

from portal.routing import SIGNED_IN, Area, page
from portal.search import pages

ROUTES = [page("GET", "/search", pages.find, SIGNED_IN)]
AREA = Area((ROUTES,))
