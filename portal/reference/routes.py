"""The API's own description: for programs, and for people."""

from portal.reference import api as json
from portal.reference import pages
from portal.routing import PUBLIC, api, page

ROUTES = [
    api(
        "GET",
        "/api/openapi.json",
        json.openapi,
        PUBLIC,
        "This description",
        operation="get_description",
        family="description",
    ),
    page("GET", "/api/docs", pages.docs, PUBLIC),
]
