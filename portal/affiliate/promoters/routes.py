"""The merchant's promoters: their pages."""

from portal.affiliate.promoters import codes, decisions, pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

ROUTES = [
    page("GET", "/promoters", pages.index, VIEW),
    page("POST", "/promoters/approvals", decisions.approvals, EDIT),
    page("POST", "/promoters/refusals", decisions.refusals, EDIT),
    page("GET", "/promoters/<promoter>", pages.show, VIEW),
    page("POST", "/promoters/<promoter>/codes", codes.create, EDIT),
    page("POST", "/promoters/<uid>/approval", decisions.approval, EDIT),
    page("GET POST", "/promoters/<uid>/refusal", decisions.refusal, EDIT),
    page("GET POST", "/promoters/<uid>/ending", decisions.ending, EDIT),
    page("GET POST", "/promoters/<uid>/discount", codes.discount, EDIT),
    page("GET POST", "/promoters/<uid>/codes/<code>", codes.change, EDIT),
    page("GET POST", "/promoters/<uid>/codes/<code>/handing-on", codes.hand_on, EDIT),
    page("POST", "/promoters/<uid>/codes/<code>/activation", codes.activation, EDIT),
]
