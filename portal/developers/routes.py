"""What developers need: tokens, and what they open."""

from portal.developers import pages
from portal.domain.accounts.roles import MAY_OWN
from portal.routing import page, roles

_OWNERS = roles(MAY_OWN)
_TOKEN = f"/developers/tokens/<int(max={2**63 - 1}):token_id>"

ROUTES = [
    page("GET", "/developers/tokens", pages.tokens, _OWNERS),
    page("GET POST", "/developers/tokens/new", pages.new_token, _OWNERS),
    page("GET POST", f"{_TOKEN}/edit", pages.edit_token, _OWNERS),
    page("GET POST", f"{_TOKEN}/rotation", pages.rotate_token, _OWNERS),
    page("GET POST", f"{_TOKEN}/revocation", pages.revoke_token, _OWNERS),
]
