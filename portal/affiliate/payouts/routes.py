"""Payouts: what is open for promoters, runs that record it, what was sent, and statements."""

from portal.affiliate.payouts import pages, runs, sending
from portal.domain.accounts.roles import MAY_EDIT, MAY_VIEW
from portal.routing import page, roles

VIEW, EDIT = roles(MAY_VIEW), roles(MAY_EDIT)

ROUTES = [
    page("GET", "/payouts", pages.index, VIEW),
    page("GET", "/payouts/made", pages.made, VIEW),
    page("GET POST", "/payouts/preview", runs.preview, EDIT),
    page("GET", "/payouts/runs", runs.index, VIEW),
    page("POST", "/payouts/runs", runs.make, EDIT),
    page("GET", "/payouts/runs/<run_uuid>", runs.show, VIEW),
    page("GET", "/payouts/runs/<run_uuid>/bank.csv", runs.bank, EDIT),
    page("GET POST", "/payouts/runs/<run_uuid>/sent", sending.run, EDIT),
    page("GET", "/payouts/<uuid>", pages.show, VIEW),
    page("GET POST", "/payouts/<uuid>/sent", sending.payout, EDIT),
    page("GET POST", "/payouts/<uuid>/correction", sending.correction, EDIT),
    page("GET", "/payouts/<uuid>/lines.csv", pages.lines, VIEW),
    page("GET POST", "/payouts/<uuid>/reversal", pages.reversal, EDIT),
]
