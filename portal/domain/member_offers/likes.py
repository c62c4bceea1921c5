"""What members like. To repeat it is harmless (contract: member-offers)."""

from portal.database import Statement, transaction
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.uses import pairs

_LIKE = Statement("UPDATE offer_member SET liked_at = COALESCE(liked_at, :now) WHERE id = :pair")
_UNLIKE = Statement("UPDATE offer_member SET liked_at = NULL WHERE id = :pair")


def like(asking: Asking, offer_id: int, scopes: list[str]) -> None:
    """The member likes the offer. Raises OfferMissing."""
    with transaction():
        _LIKE.run(pair=pairs.made(asking, offer_id, scopes), now=asking.now)


def unlike(asking: Asking, offer_id: int, scopes: list[str]) -> None:
    """The member likes it no more. Raises OfferMissing."""
    with transaction():
        _UNLIKE.run(pair=pairs.made(asking, offer_id, scopes))
