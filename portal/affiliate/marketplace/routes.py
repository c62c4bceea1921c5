"""The marketplace's pages."""

from portal.affiliate.marketplace import pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

ROUTES = [
    page("GET", "/marketplace", pages.index, VIEW),
    page("GET", "/marketplace/<short_code>", pages.show, VIEW),
    page("POST", "/marketplace/<short_code>/application", pages.application, EDIT),
]
