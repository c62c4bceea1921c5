"""The start page."""

from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.domain.sentences import say
from portal.home import pages
from portal.routing import SIGNED_IN, Area, page, roles
from portal.web.places import EVERYBODY, Place

ROUTES = [
    page("GET", "/", pages.start, SIGNED_IN),
    page("GET", "/figures", pages.figures, roles(MAY_VIEW)),
    page("POST", "/first-steps", pages.put_first_steps_away, roles(MAY_EDIT)),
]
PLACES = (Place(say("Start"), "home.start", "house", None, EVERYBODY, ()),)
AREA = Area((ROUTES,), PLACES)
