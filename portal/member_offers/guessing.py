"""Codes of the counter that members type: counted, so that nobody finds one by trying. Each member and offer by itself: nobody
uses up another's tries."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from portal.api import codes
from portal.api.errors import ApiError
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.uses import checks
from portal.domain.member_offers.uses.uses import Unusable
from portal.server.limits import Policy

POLICY = Policy("authorizations", 10, 600)


@contextmanager
def counting(member_id: int, offer_id: int, typed: str) -> Iterator[None]:
    """Count what is tried in the block, unless it turns out to be no guess. Raises ApiError 429 when there were too many."""
    guesses, name = current_app.extensions["guesses"], f"offer:{offer_id}:member:{member_id}"
    verdict = guesses.take(name, POLICY)
    if not verdict.allowed:
        told = f"Too many wrong codes of the counter were tried for this offer. Try again in {verdict.seconds} seconds."
        raise ApiError(codes.RATE_LIMITED, told, headers=verdict.headers())
    try:
        yield
    except Unusable as error:
        if error.sentence != checks.TOKEN_INVALID or _is_repeated(error, member_id, typed):
            guesses.give_back(name, POLICY, verdict.moment)
        raise
    guesses.give_back(name, POLICY, verdict.moment)


def _is_repeated(error: Unusable, member_id: int, typed: str) -> bool:
    """Whether the code was right, and another try of it was quicker."""
    return authorizations.was_right(error.case.row.terms_id, member_id, typed, error.case.asking.now)
