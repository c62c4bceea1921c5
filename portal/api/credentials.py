"""Who asks: the client token of a request, wherever one of the families carries it, and whether it may."""

import time

from flask import request

from portal import clock
from portal.api import codes
from portal.api.errors import ApiError
from portal.database import AWAY
from portal.domain.accounts.tokens import tokens
from portal.domain.identifiers import token_is_whole

HEADERS = ("Authorization", "X-API-Key", "X-API-Token", "X-Client-Authorization")
_IN_ENVIRON = {name: "HTTP_" + name.upper().replace("-", "_") for name in HEADERS}
_REMEMBERED_SECONDS = 1.0
_USE_NOTED_MICROS = 60_000_000

_cache: dict[str, tuple[float, tokens.Credential | None]] = {}


def client_token(headers: tuple = HEADERS) -> str | None:
    """The client token in the request's headers. Raises ApiError 401 when two differ."""
    environ = request.environ  # A header that is missing costs an exception inside `request.headers`.
    found = {_bare(sent) for name in headers if (sent := environ.get(_IN_ENVIRON[name]))}
    if any("," in token for token in found):  # A header came twice: no token has a comma.
        found = {_bare(one) for token in found for one in token.split(",")} - {""}
    if len(found) > 1:
        raise ApiError(codes.TOKENS_DIFFER, "The request carries two different tokens. Send one.")
    return found.pop() if found else None


def credential(headers: tuple = HEADERS) -> tokens.Credential:
    """The credential of the token in one of these headers. Raises ApiError 401, or 403 when its partner is disabled or not confirmed yet."""
    secret = client_token(headers)
    if not secret:
        raise ApiError(
            codes.TOKEN_MISSING,
            f"Send a client token in the {headers[0]} header. Tokens are made in the portal, under Developers.",
        )
    known = _find(secret)
    if known is None:
        raise ApiError(
            codes.TOKEN_UNKNOWN,
            "This token is unknown or was revoked. Check that it was copied whole, or make a new one in the portal.",
        )
    clock.use(known.clock_offset)
    if known.expires_at is not None and known.expires_at <= clock.micros():
        raise ApiError(codes.TOKEN_EXPIRED, "This token has expired. Make a new one in the portal.")
    if known.is_disabled:
        raise ApiError(
            codes.PARTNER_DISABLED,
            "This partner is disabled, so its tokens do not work. Ask the operator of the portal why.",
        )
    if not known.is_confirmed:
        raise ApiError(
            codes.PARTNER_UNCONFIRMED,
            "This partner is not confirmed yet, so its tokens do not work. The operator confirms partners.",
        )
    return known


def note_use(known: tokens.Credential) -> None:
    """Remember the use about once a minute; a busy database is no reason to refuse the request."""
    if clock.micros() - known.last_used_at > _USE_NOTED_MICROS:
        try:
            tokens.note_use(known)
        except AWAY:
            pass  # The request goes on: it reads, or says itself that nothing can be written.


def _find(secret: str) -> tokens.Credential | None:
    now = time.monotonic()
    kept = _cache.get(secret)
    if kept and kept[0] > now:
        return kept[1]
    if not token_is_whole(secret):
        return None
    if len(_cache) > 10_000:
        _cache.clear()
    known = tokens.find(secret)
    _cache[secret] = (now + _REMEMBERED_SECONDS, known)
    return known


def _bare(header: str) -> str:
    kind, _, rest = header.strip().partition(" ")
    return rest.strip() if rest and kind.lower() == "bearer" else header.strip()
