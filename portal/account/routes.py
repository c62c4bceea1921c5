"""Coming in and going out, the partner one acts for, and the safety of one's own account."""

from portal.account import acting, pages, security
from portal.domain.accounts.roles import ROLES
from portal.routing import PUBLIC, SIGNED_IN, page, roles

_BIGGEST = 2**63 - 1

ROUTES = [
    page("GET POST", "/sign-in", pages.sign_in, PUBLIC),
    page("GET POST", "/sign-up", pages.sign_up, PUBLIC),
    page("POST", "/sign-out", pages.sign_out, PUBLIC),
    page("GET POST", "/password-reset", pages.ask_for_reset, PUBLIC),
    page("GET POST", "/password-reset/<key>", pages.reset_password, PUBLIC),
    page("POST", "/acting-partner", acting.act_for, SIGNED_IN),
    page("POST", "/test-mode", acting.test_mode, roles(ROLES)),
    page("GET", "/account/sign-ins", security.sign_ins, SIGNED_IN),
    page("POST", "/account/sign-ins/others/ending", security.end_others, SIGNED_IN),
    page("POST", f"/account/sign-ins/<int(max={_BIGGEST}):sign_in_id>/ending", security.end_one, SIGNED_IN),
    page("GET POST", "/account/password", security.password, SIGNED_IN),
]
