"""The inbox."""

from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.sentences import say
from portal.inbox import pages
from portal.routing import Area, page, roles
from portal.web import waits
from portal.web.places import Place

ROUTES = [page("GET", "/inbox", pages.index, roles(MAY_VIEW))]
PLACES = (Place(say("Inbox"), "inbox.index", "inbox", None, MAY_VIEW, ("/inbox",), waiting=waits.total),)
AREA = Area((ROUTES,), PLACES)
