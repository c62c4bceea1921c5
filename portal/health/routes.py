"""Is it alive, is it ready."""

from portal.health import api
from portal.routing import PUBLIC, Area, Route

ROUTES = [
    Route(("GET",), "/livez", api.live, PUBLIC),
    Route(("GET",), "/readyz", api.ready, PUBLIC),
]
AREA = Area((ROUTES,))
