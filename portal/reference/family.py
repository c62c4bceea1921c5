"""The description of the API is an endpoint of no family in particular, in the shape that all fall back on."""

from portal.api.families import Tag, WireFamily
from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.sentences import say
from portal.reference.routes import ROUTES
from portal.routing import Area
from portal.web.places import DEVELOPERS, Place

WIRE = WireFamily("/api", {"reference": Tag("Description", "The API in a form that programs read.")})
PLACES = (Place(say("API reference"), "reference.docs", "book-open", DEVELOPERS, MAY_VIEW, ("/api/docs",)),)
AREA = Area((ROUTES,), PLACES, WIRE)
