"""How the club's token endpoints write their refusals: by RFC 6749 §5.2, for those that the portal makes before Authlib is asked, too."""

from portal.api.errors import ApiError, ErrorShape

_WORDS = {
    400: "invalid_request",
    401: "invalid_client",
    413: "invalid_request",
    460: "invalid_token",
    470: "invalid_client",
}
_FORBIDDEN = str.maketrans({'"': "'", "\\": "/"})
# What Authlib leaves without a sentence.
USUAL = {
    "invalid_grant": "It was used already, has ended, is another client's or is unknown. Have the member sign in again.",
    "unsupported_grant_type": "Send a grant_type: password, authorization_code or refresh_token.",
}


def described(text: str) -> str:
    """A sentence of the characters that a description may have."""
    return "".join(letter for letter in text.translate(_FORBIDDEN) if letter.isascii() and letter.isprintable())


def _body(error: ApiError) -> dict:
    return {"error": _WORDS.get(error.status, error.code.name), "error_description": described(error.detail)}


OF_TOKENS = ErrorShape(
    "OauthRefusal",
    "application/json",
    {
        "type": "object",
        "description": "A refusal of a token endpoint, as RFC 6749 shapes it.",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "string",
                "description": "What failed, for programs: `invalid_grant` where the member signs in anew.",
            },
            "error_description": {"type": "string", "description": "What failed, and how to mend it."},
            "banned_until": {"type": "string", "format": "date-time", "description": "Of a banned member: until when."},
        },
    },
    _body,
)
