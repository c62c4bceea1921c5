"""The partner's event log: who did what, and when."""

from portal.activity import exports, pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import Area, page, roles

_EDITORS = roles(MAY_EDIT)

ROUTES = [
    page("GET", "/account/activity", pages.index, _EDITORS),
    page("GET", "/account/activity/export.csv", exports.csv, _EDITORS),
]
AREA = Area((ROUTES,))
