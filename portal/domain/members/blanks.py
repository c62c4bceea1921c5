"""What is left of a customer who was erased, or became another one: the number, and nothing of the person."""

from typing import Any

from portal import clock
from portal.database import Statement
from portal.domain.members import words
from portal.domain.members.tables import Member
from portal.domain.totals import totals

KIND = "customers"  # of the totals
PERSONAL = (
    "surname", "phone", "phone_typed", "mail", "gender", "date_of_birth", "external_user_id", "password_hash", "language",
    "banned_until", "ban_reason", "messages_off_at",
)  # fmt: skip
_DERIVED = ("birth_month", "name_key", "mail_key")  # of the above

_HAND_ON = Statement("UPDATE member_consent SET member_id = :kept WHERE member_id = :member")
_FORGET = [
    Statement(f"DELETE FROM {table} WHERE member_id = :member")
    for table in ("segment_member", "member_consent", "member_sign_in", "oauth_code", "token_chain")
]
# What was mailed to whoever has the address, and to an address that was to be theirs.
_UNASK = Statement("DELETE FROM asked_code WHERE partner_id = :partner AND mail = :mail")
_UNMOVE = Statement("DELETE FROM asked_code WHERE moved_id = :member")


def leave(member: Member, **why: Any) -> None:
    """In the transaction that holds them, and compares them with nobody any more: forget the person; `why` is since when, or whom
    they became."""
    blank = dict.fromkeys(PERSONAL + _DERIVED)
    Member.update(first_name="", **blank, **why, updated_at=clock.now()).where(Member.id == member.id).execute()
    if kept := why.get("merged_into"):
        _HAND_ON.run(member=member.id, kept=kept.id)
    for forget in _FORGET:
        forget.run(member=member.id)
    _UNASK.run(partner=member.partner_id, mail=member.mail)
    _UNMOVE.run(member=member.id)
    words.drop(member)
    totals.take(member.partner_id, KIND, member.id)
