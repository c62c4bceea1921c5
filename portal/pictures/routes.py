"""Pictures: served to everybody, uploaded by those who edit."""

from portal.domain.accounts.roles import MAY_EDIT
from portal.pictures import pages
from portal.routing import PUBLIC, Area, page, roles

ROUTES = [
    page("GET POST", "/pictures", pages.pictures, roles(MAY_EDIT)),
    page("GET", "/pictures/<key>", pages.picture, PUBLIC),
]
AREA = Area((ROUTES,))
