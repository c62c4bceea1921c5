"""Test deals."""

from portal.affiliate.trials import pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import page, roles

PAGES = [page("GET POST", "/deals/<uuid>/removal", pages.removal, roles(MAY_EDIT))]
