"""Groups of promoters: their pages."""

from portal.affiliate.groups import members, pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

ROUTES = [
    page("GET", "/promoters/groups", pages.index, VIEW),
    page("POST", "/promoters/groups", pages.create, EDIT),
    page("GET", "/promoters/groups/<group>", pages.show, VIEW),
    page("POST", "/promoters/groups/<group>/name", pages.rename, EDIT),
    page("GET POST", "/promoters/groups/<group>/removal", pages.removal, EDIT),
    page("POST", "/promoters/groups/<group>/members", members.put, EDIT),
    page("POST", "/promoters/groups/<group>/leaving", members.take_out, EDIT),
    page("POST", "/promoters/<promoter>/group", members.choose, EDIT),
]
