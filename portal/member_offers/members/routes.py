"""What is done with a customer's offers, beside their page."""

from portal.domain.accounts.roles import MAY_EDIT
from portal.member_offers.members import banning, coding, granting, undoing
from portal.routing import page, roles

EDIT = roles(MAY_EDIT)
_ONE = "/customers/<customer_id>"
_OFFER = f"/member-offers/<int(max={2**63 - 1}):offer_id>"
ROUTES = [
    page("GET POST", f"{_ONE}/offers/grant", granting.grant, EDIT),
    page("POST", f"{_ONE}/offers/<offer_id>/grant-ending", granting.take_back, EDIT),
    page("GET POST", f"{_ONE}/offers/uses/<use>/undoing", undoing.undo, EDIT),
    page("GET POST", f"{_ONE}/offers/codes", coding.index, EDIT),
    page("GET POST", f"{_OFFER}/code", coding.of_offer, EDIT),
    page("GET", f"{_OFFER}/grant", granting.of_offer, EDIT),
    page("GET POST", f"{_ONE}/ban", banning.ban, EDIT),
    page("POST", f"{_ONE}/ban/lifting", banning.lift, EDIT),
]
