"""What whoever runs the installation looks after. To everybody else these addresses do not exist."""

from portal.domain.sentences import say
from portal.operator import board, mail, pages, people, terms
from portal.operator.shortcuts import LOOKS, OTHER_WORDS
from portal.routing import OPERATOR, Area, page
from portal.web.places import OPERATORS, Group, Place

_ID = f"<int(max={2**63 - 1})"

ROUTES = [
    page("GET", "/operator/board", board.index, OPERATOR),
    page("GET", "/operator/partners", pages.partners, OPERATOR),
    page("GET", f"/operator/partners/{_ID}:partner_id>", pages.partner, OPERATOR),
    page("POST", f"/operator/partners/{_ID}:partner_id>/confirmation", pages.confirm, OPERATOR),
    page("GET POST", f"/operator/partners/{_ID}:partner_id>/disabling", pages.disable, OPERATOR),
    page("POST", f"/operator/partners/{_ID}:partner_id>/enabling", pages.enable, OPERATOR),
    page("GET", "/operator/people", people.index, OPERATOR),
    page("GET", f"/operator/people/{_ID}:user_id>", people.show, OPERATOR),
    page("POST", f"/operator/people/{_ID}:user_id>/password-reset", people.send_reset, OPERATOR),
    page("GET POST", f"/operator/people/{_ID}:user_id>/disabling", people.disable, OPERATOR),
    page("POST", f"/operator/people/{_ID}:user_id>/enabling", people.enable, OPERATOR),
    page("GET POST", f"/operator/people/{_ID}:user_id>/second-factor/removal", people.second_factor_removal, OPERATOR),
    page("GET POST", "/operator/terms", terms.versions, OPERATOR),
    page("GET", "/operator/mail", mail.index, OPERATOR),
    page("GET", "/operator/mail/<uuid>", mail.read, OPERATOR),
    page("POST", "/operator/mail/<uuid>/retry", mail.retry, OPERATOR),
]
INSTALLATION = Group(say("Installation"), "server")
PLACES = (
    Place(say("Board"), "operator.board.index", "layout-dashboard", INSTALLATION, OPERATORS, ("/operator/board",)),
    Place(say("Partners"), "operator.partners", "building-2", INSTALLATION, OPERATORS, ("/operator/partners",)),
    Place(say("People"), "operator.people.index", "users", INSTALLATION, OPERATORS, ("/operator/people",)),
    Place(say("Terms of use"), "operator.terms.versions", "scroll-text", INSTALLATION, OPERATORS, ("/operator/terms",)),
    Place(say("Mail"), "operator.mail.index", "mail", INSTALLATION, OPERATORS, ("/operator/mail",)),
)
AREA = Area((ROUTES,), PLACES, other_words=OTHER_WORDS, looks=LOOKS)
