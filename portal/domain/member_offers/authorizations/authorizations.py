"""Codes of the counter: six digits, ten minutes, for one use of an offer by a member (contract: member-offers)."""

import secrets
from unicodedata import decimal

from portal import clock
from portal.database import Statement, transaction
from portal.domain import sealing
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.authorizations.tables import AuthorizationCode
from portal.domain.member_offers.listing import one
from portal.domain.member_offers.uses import checks, pairs
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import SCOPES
from portal.domain.sentences import joined, say

DIGITS, LASTS_SECONDS = 6, 600
MOST_LIVE = 5  # of a member and an offer: more would be easier to guess
_PURPOSE = "offer authorization"
_LIVE = """terms_id = :terms AND member_id = :member AND used_at IS NULL AND expires_at > :now"""
_FIND = Statement(f"SELECT id FROM authorization_code WHERE digest = :digest AND {_LIVE} ORDER BY id")
_USED = Statement(
    """SELECT id FROM authorization_code WHERE digest = :digest AND terms_id = :terms AND member_id = :member
    AND used_at IS NOT NULL AND expires_at > :now ORDER BY id"""
)
_COUNT = Statement(f"SELECT COUNT(*) FROM authorization_code WHERE {_LIVE}")
_USE_UP = Statement("UPDATE authorization_code SET used_at = :now WHERE id = :code")
_HOLD = Statement("SELECT id FROM offer_member WHERE id = :pair", lock="FOR UPDATE")


def make(asking: Asking, offer_id: int) -> str:
    """A new code for the member, told this once. Raises OfferMissing; Refused where the offer needs none, where the member could
    not use it with a code either, and where the member has as many as may be good at once."""
    case = one(asking, offer_id, list(SCOPES))
    offer = case.row
    if not offer.needs_authorization:
        raise Refused(say("Members use this offer without a code. Say in its terms that it needs one."))
    if hindrance := in_the_way(case):
        raise Refused(joined(hindrance))
    digits, member = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", asking.member_id or 0
    with transaction():
        _HOLD.value(pair=pairs.made(asking, offer_id, list(SCOPES)))
        if _COUNT.value(terms=offer.terms_id, member=member, now=asking.now) >= MOST_LIVE:
            raise Refused(
                say("The member has {most} codes for it already. Use one of them, or wait ten minutes.", most=MOST_LIVE)
            )
        AuthorizationCode.create(
            terms=offer.terms_id, member=member, digest=_digest(offer.terms_id, member, digits),
            expires_at=clock.from_micros(asking.now + LASTS_SECONDS * 1_000_000),
        )  # fmt: skip
        log.record(asking.partner_id, "offer_use.authorized", "offer", offer.uuid, {"member_id": member})
    return digits


def in_the_way(case: Case) -> tuple[str, str] | None:
    """Why the member could not use the offer now with a code either, and what would help; None where nothing is in the way."""
    if told := checks.why_banned(case):
        return told, say("Ask a manager to lift the ban.")
    failing = checks.failed(case._replace(code_fits=True))
    return failing and failing.why(case)


def live(terms_id: int, member_id: int, typed: str, now: int) -> int | None:
    """In the transaction that holds the member and the offer: the id of a code that fits and was not used."""
    return _FIND.value(digest=_typed(terms_id, member_id, typed), terms=terms_id, member=member_id, now=now)


def was_right(terms_id: int, member_id: int, typed: str, now: int) -> bool:
    """Whether it is a code that fits and was used within its time: who sends it again guesses nothing."""
    used = _USED.value(digest=_typed(terms_id, member_id, typed), terms=terms_id, member=member_id, now=now)
    return used is not None


def use_up(code_id: int, now: int) -> None:
    """It is good for nothing more."""
    _USE_UP.run(code=code_id, now=now)


def _typed(terms_id: int, member_id: int, typed: str) -> str:
    digits = "".join(str(decimal(letter, "")) for letter in typed[:100])
    whole = digits and digits.zfill(DIGITS)  # Sent as a number it has lost the zeros that it begins with.
    return _digest(terms_id, member_id, whole)


def _digest(terms_id: int, member_id: int, digits: str) -> str:
    return sealing.mac(_PURPOSE, f"{terms_id}:{member_id}:{digits}").hex()
