"""Rewards: what a promoter earns, the payouts that it got, and where it wants its money."""

from portal.affiliate.rewards import details, pages
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

ROUTES = [
    page("GET", "/rewards", pages.index, VIEW),
    page("GET", "/rewards/payouts", pages.payouts, VIEW),
    page("GET", "/rewards/payouts/<uuid>", pages.show, VIEW),
    page("GET", "/rewards/payouts/<uuid>/lines.csv", pages.lines, VIEW),
    page("GET", "/rewards/details", details.show, VIEW),
    page("POST", "/rewards/details", details.keep, EDIT),
]
