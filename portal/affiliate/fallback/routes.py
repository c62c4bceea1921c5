"""The merchant's page for dead links."""

from portal.affiliate.fallback import pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import page, roles

ROUTES = [page("GET POST", "/catalogs/dead-links", pages.edit, roles(MAY_EDIT))]
