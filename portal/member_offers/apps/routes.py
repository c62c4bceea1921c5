"""The pages of a club's apps."""

from portal.domain.accounts.roles import MAY_OWN
from portal.member_offers.apps import pages
from portal.routing import page, roles

_OWNERS = roles(MAY_OWN)
_APP = f"/club-apps/<int(max={2**63 - 1}):app_id>"
ROUTES = [
    page("GET", "/club-apps", pages.index, _OWNERS),
    page("GET POST", "/club-apps/new", pages.new, _OWNERS),
    page("GET POST", f"{_APP}/edit", pages.edit, _OWNERS),
    page("GET POST", f"{_APP}/removal", pages.remove, _OWNERS),
]
