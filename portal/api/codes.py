"""Codes of what is refused before the domain is asked, and the list of all."""

import sys
from collections.abc import Sequence

from portal.domain import codes, schema
from portal.domain.areas import Area, joined
from portal.domain.codes import Code

TOKEN_MISSING = Code(
    "token_missing",
    401,
    "Send a client token in the Authorization header. Tokens are made in the portal, under Developers.",
    "Send the token in a header; it is never taken from the address.",
)
TOKEN_UNKNOWN = Code(
    "token_unknown",
    401,
    "This token is unknown or was revoked. Check that it was copied whole, or make a new one in the portal.",
    "Copy the token whole, or make a new one.",
)
TOKEN_EXPIRED = Code(
    "token_expired", 401, "This token has expired. Make a new one in the portal.", "Rotate tokens before their end."
)
TOKENS_DIFFER = Code(
    "tokens_differ", 401, "The request carries two different tokens. Send one.", "Send the token in one header only."
)
PERMIT_MISSING = Code(
    "permit_missing",
    403,
    "This token lacks the permit Affiliate:Deals:Write. Add it to the token in the portal.",
    "Add the permit to the token in the portal; that takes effect within a second.",
)
PARTNER_DISABLED = Code(
    "partner_disabled",
    403,
    "This partner is disabled, so its tokens do not work. Ask the operator of the portal why.",
    "Ask the operator of the portal.",
)
PARTNER_UNCONFIRMED = Code(
    "partner_unconfirmed",
    403,
    "This partner is not confirmed yet, so its tokens do not work. The operator confirms partners.",
    "Wait for the operator's confirmation, or ask for it.",
)
ADDRESS_UNKNOWN = Code(
    "address_unknown",
    404,
    "There is no such address. The list of endpoints is at /api/docs.",
    "Compare the address with the reference.",
)
METHOD_NOT_ALLOWED = Code(
    "method_not_allowed",
    405,
    "This address does not take DELETE. It takes GET and POST.",
    "Send one of the verbs in `Allow`.",
)
REQUEST_UNREADABLE = Code(
    "request_unreadable",
    400,
    "The body could not be read to its end. Send it whole, with its length.",
    "Send the request once more, whole.",
)
BODY_TOO_LARGE = Code(
    "body_too_large", 413, "The body is larger than 1 MiB. Send a smaller one.", "Send less at once, at most 1 MiB."
)
JSON_INVALID = Code(
    "json_invalid", 400, "The body is not valid JSON. Send one JSON object, in UTF-8.", "Have a library write the JSON."
)
JSON_NOT_AN_OBJECT = Code(
    "json_not_an_object", 400, "The body must be a JSON object.", "Send `{…}`, not a list or a bare value."
)
JSON_TOO_DEEP = Code(
    "json_too_deep", 400, "The body is nested deeper than 32 levels.", "Send the fields that the reference names."
)
JSON_KEY_TWICE = Code(
    "json_key_twice", 400, "The body names the same key twice.", "Send each field once, under one of its names."
)
JSON_NUMBER_INVALID = Code(
    "json_number_invalid", 400, "NaN is not a JSON number.", "Send numbers that are finite and within 64 bits."
)
TEXT_INVALID = Code(
    "text_invalid",
    400,
    "A text contains a NUL or half of a surrogate pair. Send plain Unicode text.",
    "Take the character out.",
)
IDEMPOTENCY_KEY_INVALID = Code(
    "idempotency_key_invalid",
    400,
    "Idempotency-Key must be 1 to 255 printable characters.",
    "Send a shorter key, such as a UUID.",
)
IDEMPOTENCY_KEY_REUSED = Code(
    "idempotency_key_reused",
    422,
    "This Idempotency-Key was used with another request. Use a new key for a new request.",
    "Make a key for each new request, and keep it for the repeats of that one.",
)
IDEMPOTENCY_KEY_RUNNING = Code(
    "idempotency_key_running",
    409,
    "The first request with this Idempotency-Key is still running. Try again.",
    "Send the same request again after `Retry-After`.",
)
IDEMPOTENCY_ANSWER_ERASED = Code(
    "idempotency_answer_erased",
    422,
    "This request was done. Its answer told of a person who was erased since, and nothing is done again.",
    "Send a new request with a new key, if it is to be done for somebody else.",
)
CONFLICT = Code(
    "conflict",
    409,
    "Another request changed the same thing at the same moment. Nothing was written; try again.",
    "Send it again.",
)
RATE_LIMITED = Code(
    "rate_limited",
    429,
    "Too many requests. Try again in 7 seconds.",
    "Wait as long as `Retry-After` says; heed `RateLimit` before it comes to that.",
)
INTERNAL_ERROR = Code(
    "internal_error",
    500,
    "The portal failed at this request. It was logged; nothing was written.",
    "Tell the operator, with the `X-Request-Id`.",
)
UNAVAILABLE = Code(
    "unavailable",
    503,
    "The portal is busy; nothing was written. Try again in a moment.",
    "Send it again after `Retry-After`; with an `Idempotency-Key` a repeat is harmless.",
)


def every(areas: Sequence[Area] = schema.AS_SHOWN) -> dict[str, Code]:
    """All codes by name, the gate's first. Raises ValueError when two have the same."""
    tables = (codes.of(sys.modules[__name__]), codes.of(codes), *(area.codes for area in areas))
    return joined({code.name: code} for table in tables for code in table)
