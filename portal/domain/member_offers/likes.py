"""What members like, unless they are banned. To repeat it is harmless (contract: member-offers)."""

from portal.database import Statement, transaction
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.uses import pairs
from portal.domain.members.oauth import bans
from portal.domain.members.tables import Member

_ALLOWED = """id = :pair AND NOT EXISTS
    (SELECT 1 FROM member m WHERE m.id = offer_member.member_id AND m.banned_until > :now)"""
_LIKE = Statement(f"UPDATE offer_member SET liked_at = COALESCE(liked_at, :now) WHERE {_ALLOWED}")
_UNLIKE = Statement(f"UPDATE offer_member SET liked_at = NULL WHERE {_ALLOWED}")


def like(asking: Asking, offer_id: int, scopes: list[str]) -> None:
    """The member likes the offer. Raises OfferMissing, Banned."""
    _write(_LIKE, asking, offer_id, scopes)


def unlike(asking: Asking, offer_id: int, scopes: list[str]) -> None:
    """The member likes it no more. Raises OfferMissing, Banned."""
    _write(_UNLIKE, asking, offer_id, scopes)


def _write(statement: Statement, asking: Asking, offer_id: int, scopes: list[str]) -> None:
    with transaction():
        if not statement.run(pair=pairs.made(asking, offer_id, scopes), now=asking.now):
            bans.refuse(Member.get_by_id(asking.member_id))
