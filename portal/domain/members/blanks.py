"""What is left of a customer who was erased, or became another one: the number, and nothing of the person."""

from typing import Any

from portal import clock
from portal.domain.members import words
from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.oauth.tables import OauthCode, TokenChain
from portal.domain.members.sign_ins.tables import AskedCode, MemberSignIn
from portal.domain.members.tables import Member, SegmentMember
from portal.domain.totals import totals

KIND = "customers"  # of the totals
PERSONAL = (
    "surname", "phone", "phone_typed", "mail", "gender", "date_of_birth", "external_user_id", "password_hash", "language",
    "banned_until", "ban_reason", "messages_off_at",
)  # fmt: skip


def leave(member: Member, **why: Any) -> None:
    """In the transaction that holds them: forget the person; `why` is since when, or whom they became."""
    blank = dict.fromkeys(PERSONAL)
    Member.update(first_name="", **blank, **why, updated_at=clock.now()).where(Member.id == member.id).execute()
    SegmentMember.delete().where(SegmentMember.member == member).execute()
    theirs = MemberConsent.member == member
    kept = why.get("merged_into")
    (MemberConsent.update(member=kept) if kept else MemberConsent.delete()).where(theirs).execute()
    for table in (MemberSignIn, OauthCode, TokenChain):
        table.delete().where(table.member == member).execute()
    AskedCode.delete().where(AskedCode.partner == member.partner_id, AskedCode.mail == member.mail).execute()
    AskedCode.delete().where(AskedCode.moved == member).execute()
    words.drop(member)
    totals.take(member.partner_id, KIND, member.id)
