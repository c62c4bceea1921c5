"""Tokens of a club's members over JSON (contract: member-offers, "Member tokens")."""

from flask import g, request

from portal import clock
from portal.api import codes
from portal.api.errors import ApiError
from portal.api.idempotency import Reply
from portal.api.moments import moment
from portal.domain.accounts.sign_ins.guesses import TooMany
from portal.domain.members.oauth import bans, tokens
from portal.domain.members.oauth.bans import Banned
from portal.domain.members.tables import Member
from portal.member_offers.admissions import access_token
from portal.member_offers.oauth import wire
from portal.member_offers.oauth.known import Asked, Client
from portal.member_offers.oauth.schemas import Revoked, TokenAsk
from portal.member_offers.oauth.server import ClubServer

_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def draw(club_slug: str, body: TokenAsk) -> Reply:
    """Draw tokens: with the code that a member came back with, with a refresh token, or with a member's password. JSON or a form.

    For a code the app sends the member's browser to `/api/v3/{club_slug}/members/oauth/authorize` with `response_type=code`,
    `client_id`, `redirect_uri`, `state`, `code_challenge` and `code_challenge_method=S256`. The member signs in at the club, and comes
    back to the `redirect_uri` with `code` and `state`, or with `error`. A code lasts five minutes. Client ids and addresses are
    registered in the portal, under *Developers, API tokens, Apps*.

    A refresh token draws one pair; the same one within 30 seconds draws another, for an answer that was lost. Any later, and after
    its successor was used, it is `invalid_grant`, and all tokens of that sign-in end. So does a code that comes twice.
    """
    try:
        return _of_no_cache(_server().create_token_response(_asked(body, address=request.remote_addr or "")))
    except Banned as error:
        return _banned(error)
    except TooMany as error:
        sentence = f"Too many passwords were tried. Try again in {error.seconds} seconds."
        raise ApiError(codes.RATE_LIMITED, sentence, headers=[("Retry-After", str(error.seconds))]) from None


def revoke(club_slug: str, body: Revoked) -> Reply:
    """Give a token back: its sign-in ends, with all tokens of it. An unknown one is answered alike (RFC 7009)."""
    return _of_no_cache(_server().create_endpoint_response("revocation", _asked(body)))


def info(club_slug: str) -> Reply:
    """Whose the access token in `Authorization` is, and for how long."""
    found = tokens.access(g.client.partner_id, access_token())
    if found is None:
        sentence = "The access token in Authorization is missing, unknown or has expired. Refresh it, or sign the member in again."
        raise ApiError(codes.TOKEN_UNKNOWN, sentence, status=460)
    try:
        bans.refuse(Member.get_by_id(found.member_id))
    except Banned as error:
        return _banned(error)
    return Reply(wire.info(found), 200, _NOT_KEPT)


def _server() -> ClubServer:
    return ClubServer(g.client.partner_id)


def _asked(body: TokenAsk | Revoked, **more: str) -> Asked:
    given = {name: [value] for name, value in (body.given() | more).items() if value is not None}
    return Asked(given, Client(g.client.partner_id, token_id=g.client.token_id))


def _of_no_cache(reply: Reply) -> Reply:
    reply.headers = {**reply.headers, **_NOT_KEPT}
    return reply


def _banned(error: Banned) -> Reply:
    return Reply({"error": error.sentence, "banned_until": moment(clock.to_micros(error.until))}, 467, _NOT_KEPT)
