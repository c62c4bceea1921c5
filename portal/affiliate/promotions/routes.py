"""A promoter's pages: its promotions, links, codes, and the deals that it brought."""

from portal.affiliate.promotions import codes, deals, links, own_links, pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

ROUTES = [
    page("GET", "/promotions", pages.index, VIEW),
    page("GET", "/promotions/deals", deals.index, VIEW),
    page("GET", "/promotions/deals/<uuid>", deals.show, VIEW),
    page("POST", "/promotions/deals/<uuid>/questions", deals.question, EDIT),
    page("GET", "/promotions/<uid>", pages.show, VIEW),
    page("GET", "/promotions/<uid>/clicks", pages.clicks, VIEW),
    page("GET POST", "/promotions/<uid>/leaving", pages.leaving, EDIT),
    page("GET", "/promotions/<uid>/link", links.link, VIEW),
    page("GET", "/promotions/<uid>/link.svg", links.svg, VIEW),
    page("GET", "/promotions/<uid>/link.png", links.png, VIEW),
    page("POST", "/promotions/<uid>/links", own_links.create, EDIT),
    page("GET POST", "/promotions/<uid>/links/<slug>/removal", own_links.removal, EDIT),
    page("POST", "/promotions/<uid>/codes", codes.create, EDIT),
    page("GET POST", "/promotions/<uid>/codes/<code>", codes.change, EDIT),
    page("POST", "/promotions/<uid>/codes/<code>/activation", codes.activation, EDIT),
]
