"""Codes that visitors of a shop try before anything is reserved: counted as those over JSON are."""

from portal.coupons import guessing
from portal.coupons.guessing import TooMany
from portal.domain.coupons.shop import buying
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.coupons.uses import buyers, checking
from portal.domain.sentences import say

TOO_MANY = say("Too many codes that do not work were tried from here. Wait a minute, then try again.")


def asked(listing: Listing, typed: list[str]) -> tuple[list[Tried], str | None, int]:
    """Of codes that stand in an address or a form, each once: those that can be used here; why the last one that cannot does not
    work; and the status that goes with it."""
    codes = {checking.normal(code): code.strip()[:64] for code in typed if code.strip()}
    good: list[Tried] = []
    wrong = None
    for code in list(codes.values())[: buying.MOST_CODES]:
        try:
            guess = guessing.count()
        except TooMany:
            return good, TOO_MANY, 429
        tried = buying.try_(listing, code)
        if tried.outcome.is_valid:
            guessing.forget(guess)
            good.append(tried)
        else:
            wrong = buyers.why(tried.outcome)
    return good, wrong, 200
