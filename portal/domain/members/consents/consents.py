"""Consents: kept with the member from the moment on that they are known to be theirs."""

from datetime import datetime

from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.tables import Member


def keep(member_id: int, about: str, text: str, at: datetime) -> None:
    """In a transaction: the member agreed to this text at that moment."""
    MemberConsent.create(member=member_id, about=about, text=text, at=at)


def of(member: Member) -> list[MemberConsent]:
    """What the member has agreed to, newest first."""
    theirs = MemberConsent.select().where(MemberConsent.member == member)
    return list(theirs.order_by(MemberConsent.at.desc(), MemberConsent.id.desc()))
