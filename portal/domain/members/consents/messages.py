"""Whether a member's club may send them news: each yes is kept with its words and its day, and what is taken back with that day."""

from collections.abc import Callable

from portal import clock
from portal.database import transaction
from portal.domain.accounts.tables import Partner
from portal.domain.events import log
from portal.domain.members import holding
from portal.domain.members.consents.tables import MemberConsent
from portal.domain.members.tables import Member
from portal.domain.sentences import Sentence, say

# What other areas do about it, in the transaction: called with the member, and whether news may come.
when_said: list[Callable[[Member, bool], None]] = []


def sentence(club: Partner) -> Sentence:
    """What a member agrees to."""
    return say(
        "{club} may send me news and offers: into my inbox here, onto my phones and into my wallet.",
        club=club.club_called,
    )


def given(member: Member) -> MemberConsent | None:
    """The member's yes that holds; None for who never said it, or took it back."""
    theirs = (MemberConsent.member == member) & MemberConsent.of_messages & MemberConsent.withdrawn_at.is_null()
    return MemberConsent.select().where(theirs).order_by(MemberConsent.id.desc()).first()


def agree(member: Member) -> None:
    """News may come from now on; the words are kept in the language that is read. A second yes to the same words changes nothing.
    Raises NotFound for who is gone."""
    club = member.partner
    words = sentence(club).said()
    with transaction():
        holding.hold(member)
        kept = given(member)
        if kept is None or kept.text != words:
            MemberConsent.create(member=member, about=club.club_called, text=words, of_messages=True)
        _set(member, None, "member.messages_on")


def withdraw(member: Member) -> None:
    """No news comes any more, to cards that they get later neither. Raises NotFound for who is gone."""
    now = clock.now()
    with transaction():
        holding.hold(member)
        MemberConsent.update(withdrawn_at=now).where(
            MemberConsent.member == member, MemberConsent.of_messages, MemberConsent.withdrawn_at.is_null()
        ).execute()
        _set(member, now, "member.messages_off")


def _set(member: Member, off_at, fact: str) -> None:
    is_other = Member.messages_off_at.is_null(off_at is not None)
    if Member.update(messages_off_at=off_at).where(Member.id == member.id, is_other).execute():
        log.record(member.partner_id, fact, "member", member.uuid)
    for hear in when_said:
        hear(member, off_at is None)
