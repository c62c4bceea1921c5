"""Codes that visitors of a shop try: counted by their address, so that nobody finds one by trying."""

from portal.domain.accounts.sign_ins import guesses
from portal.domain.accounts.sign_ins.guesses import Counter, TooMany
from portal.domain.coupons.shop import buying
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.coupons.uses import buyers, checking
from portal.domain.sentences import say
from portal.web import throttle

_A_MINUTE, _MOST = 60, 60
TOO_MANY = say("Too many codes that do not work were tried from here. Wait a minute, then try again.")


def asked(listing: Listing, typed: list[str]) -> tuple[list[Tried], str | None, int]:
    """Of codes that stand in an address or a form, each once: those that can be used here; why the last one that cannot does not
    work; and the status that goes with it."""
    codes = {checking.normal(code): code.strip()[:64] for code in typed if code.strip()}
    good: list[Tried] = []
    wrong = None
    for code in list(codes.values())[: buying.MOST_CODES]:
        try:
            guesses.take(by_address())
        except TooMany:
            return good, TOO_MANY, 429
        tried = buying.try_(listing, code)
        if tried.outcome.is_valid:
            guesses.give_back(by_address())
            good.append(tried)
        else:
            wrong = buyers.why(tried.outcome)
    return good, wrong, 200


def by_address() -> Counter:
    """Whoever tries codes from here."""
    return Counter("shop code", throttle.here(), _MOST, _A_MINUTE)
