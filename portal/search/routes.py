"""The search box and its page."""

from portal.domain.accounts.roles import MAY_VIEW
from portal.routing import Area, page, roles
from portal.search import pages

ROUTES = [page("GET", "/search", pages.find, roles(MAY_VIEW))]
AREA = Area((ROUTES,))
