"""What offers know of members, when one is erased or two become one: `family.py` imports it, so that every process has it."""

from typing import Any

from portal.database import Statement
from portal.domain.member_offers.authorizations.tables import AuthorizationCode
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.members import members, merging
from portal.domain.members.tables import Member

# Whoever uses an offer for one of them has the row, or waits for it.
_HOLD = Statement("SELECT id FROM offer_member WHERE member_id IN :members ORDER BY id", lock="FOR UPDATE")

_FORGET = Statement(
    "UPDATE offer_member SET liked_at = NULL, granted_at = NULL, granted_until = NULL WHERE member_id = :member"
)
_UNAUTHORIZE = Statement("DELETE FROM authorization_code WHERE member_id = :member")


def forget(member: Member) -> None:
    """In the transaction that erases somebody: what they liked and may use is gone; what was used counts, and names nobody."""
    _FORGET.run(member=member.id)
    _UNAUTHORIZE.run(member=member.id)


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes them one: what both used counts together, against the limits of one."""
    _HOLD.values(members=sorted((gone.id, kept.id)))
    here = {pair.terms_id: pair for pair in OfferMember.select().where(OfferMember.member == kept)}
    for pair in OfferMember.select().where(OfferMember.member == gone):
        if pair.terms_id in here:
            OfferMember.update(**_together(pair, here[pair.terms_id])).where(
                OfferMember.id == here[pair.terms_id].id
            ).execute()
            OfferMember.delete().where(OfferMember.id == pair.id).execute()
    OfferMember.update(member=kept).where(OfferMember.member == gone).execute()
    OfferUse.update(member=kept).where(OfferUse.member == gone).execute()
    AuthorizationCode.delete().where(AuthorizationCode.member == gone).execute()  # They name whom they are for.


def _together(one: OfferMember, other: OfferMember) -> dict[str, Any]:
    last = max((one, other), key=lambda pair: (pair.last_used_at is not None, pair.last_used_at or 0))
    granted = max((one, other), key=_grant_lasts)
    return {
        "uses": one.uses + other.uses,
        "last_used_at": last.last_used_at,
        "active_until": last.active_until,
        "liked_at": other.liked_at or one.liked_at,
        "granted_at": granted.granted_at,
        "granted_until": granted.granted_until,
    }


def _grant_lasts(pair: OfferMember) -> tuple:
    """Of two grants the one that lasts longer is the greater, and none is the least."""
    return pair.granted_at is not None, pair.granted_until is None, pair.granted_until


members.when_erased.append(forget)
merging.when_merged.append(unite)
