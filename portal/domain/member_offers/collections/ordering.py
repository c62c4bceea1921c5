"""Orders that somebody made while they looked at another one: of the offers of a collection, and of the collections of a club.

What others added meanwhile stands last, what they took out stays out; where they changed the order itself, theirs stands, and whoever
came later is told. An order that came before, and whose answer was lost, changes nothing when it comes again.
"""

from collections.abc import Sequence

from portal.database import transaction
from portal.domain.accounts.partners import partners
from portal.domain.errors import Refused
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.sentences import say


def order_offers(collection: Collection, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """The offers of the collection stand as `wanted`, by whoever saw them as `seen`. Raises Refused, NotFound."""
    with transaction():
        collections.hold(collection)
        present = collections.offers_of(collection)
        merged = _merged(present, wanted, seen)
        if merged is None:
            raise Refused(
                say(
                    "Somebody else ordered “{title}” meanwhile. See how it stands, and order it again.",
                    title=collection.title,
                )
            )
        if merged != present:
            collections.arrange(collection, merged)


def order_collections(partner_id: int, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """The collections of the club stand as `wanted`, by whoever saw them as `seen`. Raises Refused."""
    with transaction():
        partners.hold(partner_id)
        merged = _merged([one.id for one in collections.of_partner(partner_id)], wanted, seen)
        if merged is None:
            raise Refused(
                say("Somebody else ordered the collections meanwhile. See how they stand, and order them again.")
            )
        collections.put_in_order(partner_id, merged)


def _merged(present: list[int], wanted: Sequence[int], seen: Sequence[int]) -> list[int] | None:
    """The order that both lead to; None where they do not go together, or `wanted` is none of what was seen."""
    if sorted(wanted) != sorted(seen) or len(set(seen)) < len(seen):
        return None
    here, known = set(present), set(seen)
    stands = [one for one in present if one in known]
    asked = [one for one in wanted if one in here]
    if stands not in (asked, [one for one in seen if one in here]):
        return None
    return [*asked, *(one for one in present if one not in known)]
