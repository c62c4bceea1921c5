"""The page to which apps send members, as the description tells programs of it (contract: member-offers, "Member tokens")."""

from typing import Any

from portal.api import prose
from portal.member_offers.errors import OF_OFFERS
from portal.member_offers.oauth.examples import TOKEN_ASK

_TEXT = {"type": "string"}
_ASKED: dict[str, tuple[str, dict[str, Any], str]] = {
    "response_type": ("Always `code`.", _TEXT | {"enum": ["code"]}, "code"),
    "client_id": ("The app’s public id, from the portal.", _TEXT, TOKEN_ASK["client_id"]),
    "redirect_uri": (
        "One of the app’s addresses, exactly; one on the own machine may have another port.", _TEXT, TOKEN_ASK["redirect_uri"],
    ),
    "code_challenge": (
        "Of the `code_verifier`, by S256.", _TEXT | {"minLength": 43, "maxLength": 128},
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    ),
    "code_challenge_method": ("Always `S256`.", _TEXT | {"enum": ["S256"]}, "S256"),
    "state": ("Comes back as it is.", _TEXT, "af0ifjsldkj"),
}  # fmt: skip
_OPTIONAL = frozenset({"state"})
_REQUEST_ID = {"X-Request-Id": {"description": prose.HEADERS["X-Request-Id"], "required": True, "schema": _TEXT}}
_LOCATION = {
    "Location": {
        "description": "The club’s own page that asks; or the `redirect_uri` with `error` and `state`, where something else is wrong",
        "required": True,
        "schema": _TEXT,
    }
}
_PAGE = {"text/html": {"schema": _TEXT}}
# What no page can be made of, such as a NUL in the address.
_REFUSAL = {OF_OFFERS.media_type: {"schema": {"$ref": f"#/components/schemas/{OF_OFFERS.name}"}}}
_CLUB = {
    "name": "club_slug",
    "in": "path",
    "required": True,
    "description": "The club: its partner’s name in addresses.",
}


def _parameter(name: str) -> dict[str, Any]:
    description, schema, example = _ASKED[name]
    told = {"name": name, "in": "query", "required": name not in _OPTIONAL, "description": description}
    return told | {"example": example, "schema": schema}


AUTHORIZE: dict[str, Any] = {
    "summary": "Send a member to sign in",
    "description": "A page: the app opens it in the member’s browser. The member signs in at the club, reads what the app may do, and "
    "comes back to the `redirect_uri` with `code` and `state`, or with `error`. It takes no client token.",
    "operationId": "authorize_member_app",
    "tags": ["oauth"],
    "parameters": [_CLUB | {"schema": _TEXT | {"minLength": 1}}, *map(_parameter, _ASKED)],
    "responses": {
        "303": {"description": "On to the club’s sign-in, or back to the app", "headers": _REQUEST_ID | _LOCATION},
        "400": {
            "description": "A page for the member: no such club, no app of the club, or an address that is not the app’s",
            "headers": _REQUEST_ID,
            "content": _PAGE | _REFUSAL,
        },
        "405": {
            "description": prose.REFUSALS[405],
            "headers": _REQUEST_ID
            | {"Allow": {"description": prose.HEADERS["Allow"], "required": True, "schema": _TEXT}},
            "content": _REFUSAL,
        },
        "503": {"description": prose.REFUSALS[503], "headers": _REQUEST_ID, "content": _PAGE},
    },
}
PAGES = {"/api/v3/{club_slug}/members/oauth/authorize": {"get": AUTHORIZE}}
