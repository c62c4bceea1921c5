"""What developers need: tokens, and what they open."""

from portal.developers import origins, pages, start
from portal.developers.shortcuts import OTHER_WORDS, SHORTCUTS
from portal.developers.thing_pages import HITS, THINGS
from portal.domain.accounts.roles import MAY_OWN, MAY_VIEW
from portal.domain.sentences import say
from portal.routing import Area, page, roles
from portal.web.places import DEVELOPERS, Place

_OWNERS = roles(MAY_OWN)
_TOKEN = f"/developers/tokens/<int(max={2**63 - 1}):token_id>"

ROUTES = [
    page("GET", "/developers/start", start.guide, roles(MAY_VIEW)),
    page("GET", "/developers/start/arrival", start.arrival, roles(MAY_VIEW)),
    page("POST", "/developers/start/token", start.token, _OWNERS),
    page("POST", "/developers/start/clock", start.put_ahead, _OWNERS),
    page("GET POST", "/developers/websites", origins.edit, _OWNERS),
    page("GET", "/developers/tokens", pages.tokens, _OWNERS),
    page("GET POST", "/developers/tokens/new", pages.new_token, _OWNERS),
    page("GET POST", f"{_TOKEN}/edit", pages.edit_token, _OWNERS),
    page("GET POST", f"{_TOKEN}/rotation", pages.rotate_token, _OWNERS),
    page("GET POST", f"{_TOKEN}/revocation", pages.revoke_token, _OWNERS),
]
PLACES = (
    Place(say("Get started"), "developers.start.guide", "rocket", DEVELOPERS, MAY_VIEW, ("/developers/start",)),
    Place(
        say("API tokens"),
        "developers.tokens",
        "key-round",
        DEVELOPERS,
        MAY_OWN,
        ("/developers/tokens", "/developers/websites"),
    ),
)
AREA = Area((ROUTES,), PLACES, hits=HITS, things=THINGS, shortcuts=SHORTCUTS, other_words=OTHER_WORDS)
