"""Who asks for offers: the client token's partner, for the member who signed in, for one by id, or for a guest (contract:
member-offers)."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import current_app, g, request

from portal.api import codes, cross_origin, prose
from portal.api.admission import Admission, counted, spend
from portal.api.credentials import client_token, note_use
from portal.api.errors import ApiError
from portal.api.moments import moment
from portal.domain.accounts.partners import sides
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.codes import FORBIDDEN, NOT_FOUND
from portal.domain.events import log
from portal.domain.identifiers import typed_id, typed_uuid
from portal.domain.member_offers import asking
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.permits import OF_SCOPES
from portal.domain.members.oauth.tokens import member_of
from portal.domain.sentences import either
from portal.domain.typed.texts import mended
from portal.routing import Access
from portal.server.limits import network

HEADERS = ("X-Client-Authorization", "X-API-Key", "X-API-Token")  # `Authorization` is the member's
ME, GUEST, BY_ID = "me", "guest", "id"
BY_SCRIPTS = {"context": (ME, GUEST)}  # by id is server to server
_ENDINGS = {BY_ID: "ByMemberId", GUEST: "Preview"}
_SERVED = {ME: "me", BY_ID: "a member’s id", GUEST: "guest"}
_TOLD, _LONGEST_TOLD = {"X-Product-Name": "product", "X-User-Agent": "agent"}, 200
KIND = "member offers"


class Asker(NamedTuple):
    """Who asks, at which club, and in which scopes the client token may."""

    identity: str
    asking: Asking
    permits: frozenset[str]

    @property
    def scopes(self) -> list[str]:
        """All scopes that the token has permits for."""
        return [scope for scope, permit in OF_SCOPES.items() if permit in self.permits]

    def within(self, scope: str) -> str:
        """The scope of a list. Raises ApiError 403 without its permit."""
        if OF_SCOPES[scope] not in self.permits:
            raise _lacks(OF_SCOPES[scope])
        return scope

    def of_one(self, scope: str | None) -> list[str]:
        """The scopes that an offer which is asked for by its id may have."""
        return self.scopes if scope is None else [one for one in self.scopes if one == scope]


def asked_by(permits: Iterable[str]) -> Access:
    """A client token with the permit of the context; a context that has none is not served."""
    return Access(KIND, frozenset(permits))


def admit(route, path: dict, headers: list) -> Asker:
    """Who asks. Raises ApiError: 470 without a client token, 401, 403 without the permit, 404 for another's club or a member
    that is not there, 460 for a member's token that does not work, 467 for a banned member."""
    g.told = {field: request.headers[name][:_LONGEST_TOLD] for name, field in _TOLD.items() if name in request.headers}
    caller = _client(route, headers)
    cross_origin.concerns(caller.partner_id)
    context = _context(path["context"])
    who = asking.at(caller.partner_id, _member(caller, context, path["context"]))
    if path["club_slug"] != who.slug and mended(path["club_slug"]) != mended(who.slug):
        raise no_club(caller.partner_id, path["club_slug"])
    _refuse_permit(route.access, caller, context)
    _refuse_nobody(who, context, path["context"])
    note_use(caller)
    log.acting_as(caller.identity, caller.partner_id)
    identity = caller.identity if who.member_id is None else f"{caller.identity}:member:{who.member_id}"
    return Asker(identity, who, caller.permits)


def no_club(partner_id: int, slug: str) -> ApiError:
    """The refusal of a club that is not the token's."""
    usual = "There is no such club here. Check the address, and whose the client token is."
    return ApiError(NOT_FOUND, sides.mistaken(partner_id, slug=mended(slug)) or usual)


def _client(route, headers: list) -> Credential:
    if client_token(route.family.headers):
        return counted(route.family.headers, headers)
    spend(f"address:{network(request.remote_addr)}", current_app.extensions["open_policy"], headers)
    raise ApiError(codes.TOKEN_MISSING, f"The header {HEADERS[0]} is missing: send a client token in it.", status=470)


def _context(written: str) -> str:
    return written if written in (ME, GUEST) else BY_ID if typed_id(written) or typed_uuid(written) else ""


def _permit(access: Access, context: str) -> str | None:
    """That of the route's permits which is for the context."""
    if context == ME:
        return next((name for name in access.names if not name.endswith(tuple(_ENDINGS.values()))), None)
    ending = _ENDINGS.get(context)
    return next((name for name in access.names if ending and name.endswith(ending)), None)


def _refuse_permit(access: Access, caller: Credential, context: str) -> None:
    wanted = _permit(access, context)
    if wanted is None:
        served = either(word for name, word in _SERVED.items() if _permit(access, name))
        raise ApiError(NOT_FOUND, f"This address does not serve the context that you send: it takes {served}.")
    if wanted not in caller.permits:
        raise _lacks(wanted)


def _lacks(permit: str) -> ApiError:
    return ApiError(codes.PERMIT_MISSING, f"This token lacks the permit {permit}. Add it to the token in the portal.")


def _member(caller: Credential, context: str, written: str) -> int | None:
    if context == BY_ID:
        uuid = typed_uuid(written)
        return asking.numbered(caller.partner_id, uuid) if uuid else typed_id(written)
    if context != ME:
        return None
    bearer = access_token()
    return member_of(caller.partner_id, bearer) if bearer else None


def access_token() -> str:
    """The member's own, bare or after `Bearer`; empty where none is sent."""
    kind, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    return token.strip() if kind.lower() == "bearer" else kind


def banned(until: int) -> ApiError:
    """The refusal of a member who is banned until then, in microseconds."""
    return ApiError(FORBIDDEN, "Member is banned!", status=467, more={"banned_until": moment(until)})


def _refuse_nobody(who: Asking, context: str, written: str) -> None:
    if who.member_id is None and context == ME:
        raise ApiError(
            FORBIDDEN, "The member’s token is missing, unknown or has expired. Sign the member in again.", status=460
        )
    if who.member_id is None and context == BY_ID:
        raise ApiError(NOT_FOUND, f"Member#{written} not found")
    if who.is_banned and who.banned_until is not None:
        raise banned(who.banned_until)


def _bearers(route) -> tuple[tuple[str, ...], ...]:
    """With the member's token for `me`, without it for the other contexts: those that the route serves."""
    of_others = {name for name in route.access.names if name.endswith(tuple(_ENDINGS.values()))}
    return ((prose.MEMBER_TOKEN,),) * bool(route.access.names - of_others) + ((),) * bool(of_others)


ADMISSIONS = {KIND: Admission(admit, needs_token=True, refuses=frozenset({401, 403, 460, 467, 470}), bearers=_bearers)}
