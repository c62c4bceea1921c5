"""Clicks of members: the address that an offer leads to tells the shop, and the shop tells us, whose deal it is (contract:
offers-feed, "click"; affiliate, "customer").

An address has a key of its own rather than the member's number, so that nobody can name somebody else, and nobody is named
once they are erased. The key is known to be a member's by its first letter: ids of promoters' clicks are shorter.
"""

from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction
from portal.domain.affiliate.clicks import addresses
from portal.domain.affiliate.clicks.tables import MemberClick
from portal.domain.identifiers import random_base62
from portal.domain.members.tables import Member

_BEGINS, _LENGTH = "m", 23
_KEEP = Statement(
    """INSERT INTO member_click (key, offer_id, member_id, at)
    SELECT :key, o.id, m.id, CAST(:now AS BIGINT) FROM offer o JOIN member m ON m.partner_id = o.partner_id
    WHERE o.id = :offer AND o.catalog_id IS NOT NULL AND m.id = :member AND m.erased_at IS NULL
    ON CONFLICT (member_id, offer_id) DO UPDATE SET at = excluded.at RETURNING key"""
)
# Who was here twice is one.
_WHOSE = Statement(
    """SELECT m.uuid FROM member_click k JOIN member c ON c.id = k.member_id
    JOIN member m ON m.id = COALESCE(c.merged_into_id, c.id)
    WHERE k.key = :key AND m.partner_id = :merchant AND m.erased_at IS NULL AND k.at >= :since"""
)


def leading_to(url: str, offer_id: int, member_id: int) -> str:
    """The address for the member, who opens it now: with a key, where the offer is in a catalog and so has deals."""
    with transaction():
        key = _KEEP.value(
            key=_BEGINS + random_base62(_LENGTH - 1), offer=offer_id, member=member_id, now=clock.micros()
        )
    return addresses.with_click(url, key) if key else url


def whose(merchant_id: int, key: str, lasts: timedelta) -> str | None:
    """The UUID of the merchant's customer whose click it is, and who clicked no longer ago; None for whatever else it is."""
    if len(key) != _LENGTH or not key.startswith(_BEGINS):
        return None
    return _WHOSE.value(key=key, merchant=merchant_id, since=clock.to_micros(clock.now() - lasts))


def forget(member: Member) -> None:
    """In the transaction that erases somebody."""
    MemberClick.delete().where(MemberClick.member == member).execute()
