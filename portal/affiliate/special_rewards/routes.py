"""Rewards for one promoter or a group: their pages."""

from portal.affiliate.special_rewards import pages
from portal.domain.accounts.roles import MAY_EDIT
from portal.routing import page, roles

EDIT = roles(MAY_EDIT)

ROUTES = [
    page("GET POST", "/promoters/<uid>/rewards/new", pages.for_promoter, EDIT),
    page("GET POST", "/promoters/groups/<group>/rewards/new", pages.for_group, EDIT),
    page("GET POST", "/promoters/rewards/<reward>/removal", pages.removal, EDIT),
]
