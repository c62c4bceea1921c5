"""Exclusive offers, granted to single members (contract: member-offers, "What is settled")."""

from portal.database import Statement, transaction
from portal.domain import codes
from portal.domain.errors import Invalid, Refused
from portal.domain.events import log
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import pairs
from portal.domain.member_offers.words import EXCLUSIVE
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say

NOT_GRANTABLE, GLOBAL_LIMIT, NOT_IN_AUDIENCE = "Not grantable", "Global limit exceeded", "Member not in audience"
LONGEST_SECONDS = 3650 * 86_400
_GRANT = Statement("UPDATE offer_member SET granted_at = :now, granted_until = :until WHERE id = :pair")
_TAKE_BACK = Statement(
    """UPDATE offer_member SET granted_at = NULL, granted_until = NULL WHERE member_id = :member AND granted_at IS NOT NULL
    AND terms_id IN (SELECT t.id FROM member_terms t WHERE t.offer_id = :offer AND t.partner_id = :partner)"""
)


def grant(asking: Asking, offer_id: int, scopes: list[str], seconds: int | None = None) -> None:
    """The member may use the offer for so long, or as long as it may be used; a new grant takes the place of one before.

    Raises Invalid for a number that is no time, OfferMissing, Refused with the documented word.
    """
    if seconds is not None and not 1 <= seconds <= LONGEST_SECONDS:
        raise Invalid(
            "usable_for_seconds",
            say("Give a whole number from {lowest} to {highest}.", lowest=1, highest=LONGEST_SECONDS),
            code=codes.OUT_OF_RANGE,
        )
    grant_until(asking, offer_id, scopes, None if seconds is None else asking.now + seconds * 1_000_000)


def grant_until(asking: Asking, offer_id: int, scopes: list[str], until: int | None) -> None:
    """The same, until a moment in microseconds; None: as long as it may be used. Raises Invalid for one that has passed."""
    if until is not None and not asking.now < until <= asking.now + LONGEST_SECONDS * 1_000_000:
        raise Invalid("until", say("Choose a moment that is to come, within ten years."), code=codes.OUT_OF_RANGE)
    with transaction():
        terms = _grantable(asking, offer_id, scopes)
        _GRANT.run(pair=pairs.made(asking, offer_id, scopes), now=asking.now, until=until)
        log.record(asking.partner_id, "offer_grant.given", "offer", terms.offer.uuid, {"member_id": asking.member_id})


def take_back(partner_id: int, member_id: int, offer_id: int) -> None:
    """The member may use the partner's offer no more, also one that is hidden by now; what was used stays so. Raises Refused
    where it was not granted."""
    with transaction():
        if not _TAKE_BACK.run(partner=partner_id, member=member_id, offer=offer_id):
            raise Refused(say("The offer is not granted to the member."))
        uuid = Offer.select(Offer.uuid).where(Offer.id == offer_id).scalar()
        log.record(partner_id, "offer_grant.ended", "offer", uuid, {"member_id": member_id})


def grantable(asking: Asking) -> list[tuple[int, str]]:
    """The offers that could be granted to the member now, by their names: id and name."""
    its = (MemberTerms.partner == asking.partner_id) & MemberTerms.is_shown & Offer.is_active
    theirs = MemberTerms.select(MemberTerms, Offer).join(Offer).where(its, MemberTerms.type == EXCLUSIVE)
    found = theirs.order_by(Offer.name_key, Offer.id)
    return [(terms.offer_id, terms.offer.name) for terms in found if _hindrance(asking, terms) is None]


def _grantable(asking: Asking, offer_id: int, scopes: list[str]) -> MemberTerms:
    shown = MemberTerms.is_shown & Offer.is_active
    its = (MemberTerms.partner == asking.partner_id) & (MemberTerms.offer == offer_id) & MemberTerms.scope.in_(scopes)
    terms = MemberTerms.select(MemberTerms, Offer).join(Offer).where(its, shown).first()
    if terms is None:
        raise OfferMissing(offer_id)
    if word := _hindrance(asking, terms):
        raise Refused(word)
    return terms


def _hindrance(asking: Asking, terms: MemberTerms) -> str | None:
    """The documented word for why it cannot be granted."""
    if terms.type != EXCLUSIVE or terms.is_over:
        return NOT_GRANTABLE
    if terms.audience_id is not None and terms.audience_id not in asking.segments:
        return NOT_IN_AUDIENCE
    is_used_up = terms.global_limit is not None and terms.uses >= terms.global_limit
    return GLOBAL_LIMIT if is_used_up else None
