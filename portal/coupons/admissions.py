"""Who may ask of reservations and codes: whoever knows a reservation's secret, a client token, or anybody (contract: coupons)."""

from typing import NamedTuple

from flask import after_this_request, current_app, request

from portal import clock
from portal.api import codes, credentials, cross_origin
from portal.api.admission import Admission, anybody, by_permit, spend
from portal.api.credentials import client_token
from portal.api.errors import ApiError
from portal.coupons import guessing
from portal.coupons.guessing import Guess, TooMany
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.codes import FORBIDDEN
from portal.domain.coupons import sellers
from portal.domain.coupons.reservations import access, settling
from portal.domain.coupons.uses.holding import ENDED
from portal.routing import Access

SECRET_HEADER = "Reservation-Secret"  # noqa: S105
WITH_SECRET = Access("reservation secret")


class Holder(NamedTuple):
    """Whoever knows the secret of a reservation; and the client token of its seller's, where one was sent besides."""

    identity: str
    reservation_id: int
    partner_id: int
    seller: Credential | None = None


def with_secret_or(permit: str) -> Access:
    """Whoever knows the reservation's secret, or a client token with the permit."""
    return Access("reservation secret or permit", frozenset({permit}))


def anybody_or(permit: str) -> Access:
    """Everybody; a client token, where one is sent, works and has the permit."""
    return Access("anybody or permit", frozenset({permit}))


def reserving(permit: str) -> Access:
    """A client token with the permit, whose reservations that have run out are settled first."""
    return Access("permit to reserve", frozenset({permit}))


def by_secret(route, path: dict, headers: list) -> Holder:
    """Whoever knows the secret. A wrong one, a missing one and an unknown reservation are refused alike."""
    secret = request.headers.get(SECRET_HEADER, "")
    known = access.by_secret(path["reservation_id"], secret)
    if known is None:
        anybody(route, path, headers)
        raise ApiError(FORBIDDEN, ENDED)
    clock.use(known.clock_offset)
    cross_origin.concerns(known.partner_id)
    holder = Holder(f"reservation:{known.id}", known.id, known.partner_id)
    spend(holder.identity, current_app.extensions["open_policy"], headers)
    if clock.has_passed(known.next_end):
        settling.settle_run_out(known.partner_id)
    return holder


def by_secret_and_echo(route, path: dict, headers: list) -> Holder:
    """The same, perhaps with a token of the seller's besides. The answer has the secret again, a repeated one as well: it is
    kept nowhere."""
    token = _besides(route.family.headers)
    holder, secret = by_secret(route, path, headers), request.headers[SECRET_HEADER]
    if token and holder.partner_id in sellers.reached(token.partner_id, token.reach):
        holder = holder._replace(seller=token)

    @after_this_request
    def echo(response):
        if response.status_code == 200:
            response.headers[SECRET_HEADER] = secret
        return response

    return holder


def _besides(names: tuple[str, ...]) -> Credential | None:
    """The token that was sent besides a secret. One that does not work is worth nothing: the secret is enough."""
    try:
        return credentials.credential(names) if client_token(names) else None
    except ApiError:
        return None


def by_secret_or_permit(route, path: dict, headers: list) -> Holder | Credential:
    """Whoever knows the secret, or a token of the seller's."""
    return by_secret(route, path, headers) if SECRET_HEADER in request.headers else by_permit(route, path, headers)


def by_permit_or_anybody(route, path: dict, headers: list) -> Credential | None:
    """A token with the permit, where one is sent; else anybody. A token without it is as good as none: it is no reason to be told
    less than a stranger."""
    if not client_token(route.family.headers):
        anybody(route, path, headers)
        return None
    try:
        return by_permit(route, path, headers)
    except ApiError as error:
        if error.code is not codes.PERMIT_MISSING:
            raise
        return None


def by_permit_to_reserve(route, path: dict, headers: list) -> Credential:
    """A token. What has run out at any seller that it reaches is settled before the transaction of the request begins: it would
    hold locks of other reservations while it asks for more."""
    caller = by_permit(route, path, headers)
    settling.settle_run_out(*sellers.reached(caller.partner_id, caller.reach))
    return caller


def count_guess(reservation_id: int | None = None, by_address: bool = True) -> list[Guess]:
    """Count a code that is about to be looked up. Raises ApiError 429, whose limit it tells, where too many were wrong."""
    try:
        return guessing.count(reservation_id, by_address)
    except TooMany as error:
        verdict = error.verdict
        sentence = f"Too many codes that are not valid. Try again in {verdict.seconds} seconds."
        raise ApiError(codes.RATE_LIMITED, sentence, headers=verdict.headers()) from None


_SECRET = {SECRET_HEADER: "The reservation’s secret."}
ADMISSIONS = {
    WITH_SECRET.kind: Admission(by_secret_and_echo, refuses=frozenset({403}), asks=_SECRET, echoes=(SECRET_HEADER,)),
    with_secret_or("").kind: Admission(
        by_secret_or_permit, takes_token=True, refuses=frozenset({401, 403}), asks=_SECRET
    ),
    anybody_or("").kind: Admission(by_permit_or_anybody, takes_token=True, refuses=frozenset({401, 403})),
    reserving("").kind: Admission(by_permit_to_reserve, needs_token=True, refuses=frozenset({401, 403})),
}
