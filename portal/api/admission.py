"""Who may send a JSON request: for each kind of access, who is asking, and what the description says of it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import current_app, request

from portal.api import codes, credentials
from portal.api.errors import ApiError
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.events import log
from portal.routing import PERMIT_KIND, PUBLIC_KIND
from portal.server.limits import Policy, Verdict, network


class Admission(NamedTuple):
    """`admit(route, path, headers)` gives who is asking (None: anybody), or raises ApiError; it counts the request against
    a limit, and adds that limit's headers. Whoever is asking has an `identity`: whose Idempotency-Keys are whose.

    `needs_token` says whether the description asks for the client's token, `takes_token` whether it tells that one may be
    sent; `refuses` are the statuses it may answer. It `keeps` answers under an Idempotency-Key where whoever asks has an identity. `asks` are other headers that it looks at, with what they are, and
    `echoes` those of them that its success has again. `bearers` are the ways in which a member's token goes with it: the names of
    the schemes that each asks for beside the client's token.
    """

    admit: Callable[[Any, dict, list], Any]
    needs_token: bool = False
    refuses: frozenset[int] = frozenset()
    takes_token: bool = False
    asks: Mapping[str, str] = {}
    keeps: bool = True
    echoes: tuple[str, ...] = ()
    bearers: Callable[[Any], tuple[tuple[str, ...], ...]] = lambda route: ((),)


def anybody(route, path: dict, headers: list) -> None:
    """Everybody, counted by their address."""
    _spend_by_address(headers)


def by_permit(route, path: dict, headers: list) -> Credential:
    """A client token with one of the route's permits."""
    caller = counted(route.family.headers, headers)
    if not route.access.allows(caller.permits):
        raise ApiError(
            codes.PERMIT_MISSING,
            f"This token lacks the permit {route.access.named()}. Add it to the token in the portal.",
        )
    log.acting_as(caller.identity, caller.partner_id)
    credentials.note_use(caller)
    return caller


ADMISSIONS = {
    PUBLIC_KIND: Admission(anybody),
    PERMIT_KIND: Admission(by_permit, needs_token=True, refuses=frozenset({401, 403})),
}


def counted(names: tuple[str, ...], headers: list) -> Credential:
    """The credential in one of these headers, counted against its limit; without a working one its address is counted."""
    try:
        caller = credentials.credential(names)
    except ApiError:
        _spend_by_address(headers)
        raise
    limit = caller.rate_limit
    policy = current_app.extensions["api_policy"] if limit is None else Policy("token", limit, 60)
    spend(caller.identity, policy, headers)
    return caller


def spend(caller: str, policy: Policy, headers: list) -> Verdict:
    """Count a request of somebody's. Raises ApiError 429 when there were too many."""
    verdict = current_app.extensions["limiter"].take(caller, policy)
    headers.extend(verdict.headers())
    if not verdict.allowed:
        raise ApiError(codes.RATE_LIMITED, f"Too many requests. Try again in {verdict.seconds} seconds.")
    return verdict


def _spend_by_address(headers: list) -> None:
    spend(f"address:{network(request.remote_addr)}", current_app.extensions["open_policy"], headers)
