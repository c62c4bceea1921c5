"""An offer that members shall see no more at all: its terms go, and what they have of it."""

from typing import NamedTuple

from peewee import IntegrityError

from portal.database import Statement, transaction
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.offers import offers
from portal.domain.offers.tables import Offer
from portal.domain.sentences import say

_PAIRS = Statement("SELECT id FROM offer_member WHERE terms_id = :terms ORDER BY id", lock="FOR UPDATE")
_TERMS = Statement("SELECT id FROM member_terms WHERE id = :terms", lock="FOR UPDATE")


class Lost(NamedTuple):
    """What goes with an offer's terms, counted."""

    uses: int
    likes: int
    grants: int
    collections: int


_LOST = Statement(
    """SELECT (SELECT COUNT(*) FROM offer_use u WHERE u.terms_id = t.id) AS uses,
        (SELECT COUNT(*) FROM offer_member p WHERE p.terms_id = t.id AND p.liked_at IS NOT NULL) AS likes,
        (SELECT COUNT(*) FROM offer_member p WHERE p.terms_id = t.id AND p.granted_at IS NOT NULL) AS grants,
        (SELECT COUNT(*) FROM collection_offer c WHERE c.terms_id = t.id) AS collections
    FROM member_terms t WHERE t.id = :terms""",
    row=Lost,
)


def lost(terms: MemberTerms) -> Lost:
    """What would go with it."""
    return _LOST.row(terms=terms.id) or Lost(0, 0, 0, 0)


def remove(terms: MemberTerms) -> bool:
    """Take the offer from the members, with its uses, likes and grants, and out of all collections; the offer stays where else it
    is. Whether it is nowhere any more, and gone. Raises NotFound when somebody else just did it."""
    with transaction():  # Whoever comes from now on does not see it; who uses it at this moment is waited for below.
        MemberTerms.update(is_shown=False).where(MemberTerms.id == terms.id).execute()
    with transaction():
        offer = offers.locked(terms.offer_id, None)
        _PAIRS.values(terms=terms.id)
        if _TERMS.value(terms=terms.id) is None:
            raise NotFound(say("offer"))
        OfferUse.delete().where(OfferUse.terms == terms.id).execute()
        MemberTerms.delete().where(MemberTerms.id == terms.id).execute()
        log.record(offer.partner_id, "offer.taken_from_members", "offer", offer.uuid)
    return offer.catalog_id is None and _is_gone(offer)


def _is_gone(offer: Offer) -> bool:
    """Take away an offer to which nothing else leads: the feed tells of those that it had for ever."""
    try:
        with transaction():
            Offer.delete().where(Offer.id == offer.id).execute()
    except IntegrityError:
        return False
    return True
