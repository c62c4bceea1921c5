"""Offers by their ids in addresses."""

from portal.domain.identifiers import typed_id
from portal.domain.member_offers.missing import OfferMissing


def offer(written: str) -> int:
    """The id of an offer. Raises OfferMissing for what no offer has."""
    number = typed_id(written)
    if not number:
        raise OfferMissing(written[:40])
    return number
