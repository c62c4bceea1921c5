"""The row of a member and an offer."""

from peewee import IntegrityError

from portal.database import Statement
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.missing import OfferMissing
from portal.domain.member_offers.rows import VISIBLE

_FIND = Statement(
    f"""SELECT p.id FROM offer_member p JOIN member_terms t ON t.id = p.terms_id JOIN offer o ON o.id = t.offer_id
    WHERE o.id = :offer AND p.member_id = :member AND t.scope IN :scopes AND {" AND ".join(VISIBLE)}"""
)
# Whoever erases or merges the member meanwhile waits, or was quicker.
_HOLD = Statement(
    "SELECT id FROM member WHERE id = :member AND erased_at IS NULL AND merged_into_id IS NULL", lock="FOR SHARE"
)
_MAKE = Statement(
    f"""INSERT INTO offer_member (terms_id, member_id, uses) SELECT t.id, m.id, 0 FROM member_terms t
    JOIN offer o ON o.id = t.offer_id JOIN member m ON m.id = :member
    WHERE o.id = :offer AND t.scope IN :scopes AND {" AND ".join(VISIBLE)} ON CONFLICT (terms_id, member_id) DO NOTHING"""
)


def made(asking: Asking, offer_id: int, scopes: list[str]) -> int:
    """In a transaction: the id of the row, which is there from now on. Raises OfferMissing for an offer that the member does not
    see."""
    given = {
        "offer": offer_id, "member": asking.member_id, "scopes": scopes, "partner": asking.partner_id,
        "segments": asking.segments,
    }  # fmt: skip
    pair = _FIND.value(**given)
    if pair is None and _HOLD.value(member=asking.member_id) is not None:
        try:
            _MAKE.run(**given)
        except IntegrityError:  # Its terms are removed at this moment.
            raise OfferMissing(offer_id) from None
        pair = _FIND.value(**given)
    if pair is None:
        raise OfferMissing(offer_id)
    return pair
