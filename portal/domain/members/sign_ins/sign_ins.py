"""Browsers in which members are signed in: rows that a cookie names, so that ending one ends every copy of it.

A sign-in lasts while it is used, and while the member has the mail address that proved them.
"""

from datetime import timedelta
from typing import NamedTuple

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.errors import NotFound
from portal.domain.identifiers import digest, random_base62
from portal.domain.members.sign_ins.tables import MemberSignIn, wall
from portal.domain.members.tables import Member
from portal.domain.sentences import say

LASTS = timedelta(days=180)  # since it was used last
_NOTED_MICROS = 86_400 * 1_000_000
_SHOWN = 100


class SignedIn(NamedTuple):
    """Who has come in, and the secret for their browser's cookie."""

    member_id: int
    key: str


class OpenSignIn(NamedTuple):
    """A sign-in that holds, and whose it is."""

    sign_in_id: int
    member_id: int
    uuid: str
    first_name: str
    mail: str
    language: str | None
    seen_at: int
    banned_until: int | None  # they use no offers until then


_FIND = Statement(
    """SELECT s.id AS sign_in_id, m.id AS member_id, m.uuid, m.first_name, m.mail, m.language, s.seen_at, m.banned_until
    FROM member_sign_in s JOIN member m ON m.id = s.member_id AND m.mail = s.mail
    WHERE s.key_digest = :digest AND s.ended_at IS NULL AND s.expires_at > :now AND m.partner_id = :partner
        AND m.erased_at IS NULL AND m.merged_into_id IS NULL""",
    row=OpenSignIn,
)


def begin(member: Member, mail: str, address: str, agent: str) -> SignedIn:
    """In the transaction that holds the member: sign them in with the address that they proved."""
    key = random_base62(40)
    MemberSignIn.create(
        member=member,
        key_digest=digest(key),
        mail=mail,
        address=address[:45],
        agent=agent[:255],
        expires_at=wall() + LASTS,
    )
    return SignedIn(member.id, key)


def find(partner_id: int, key: str) -> OpenSignIn | None:
    """The sign-in of this cookie at the partner's club, while it holds."""
    return _FIND.row(digest=digest(key), now=clock.wall_micros(), partner=partner_id)


def note_seen(found: OpenSignIn) -> bool:
    """It lasts from now on anew; whether that was written, which it is once a day."""
    if clock.wall_micros() - found.seen_at < _NOTED_MICROS:
        return False
    try:
        with transaction():
            later = MemberSignIn.update(seen_at=wall(), expires_at=wall() + LASTS)
            later.where(MemberSignIn.id == found.sign_in_id, MemberSignIn.ended_at.is_null()).execute()
    except AWAY:
        return False  # A page that can be read is not refused for it.
    return True


def open_of(member_id: int) -> list[MemberSignIn]:
    """The member's sign-ins that hold, the one used last first."""
    return list(_open(member_id).order_by(MemberSignIn.seen_at.desc(), MemberSignIn.id.desc()).limit(_SHOWN))


def all_of(member_id: int) -> list[MemberSignIn]:
    """The member's sign-ins that are kept, those that have ended as well, the newest first."""
    return list(MemberSignIn.select().where(MemberSignIn.member == member_id).order_by(MemberSignIn.id.desc()))


def end_one(member_id: int, sign_in_id: int) -> None:
    """End one of the member's sign-ins. Raises NotFound when it has ended or is somebody else's."""
    with transaction():
        if not _end(MemberSignIn.id == sign_in_id, MemberSignIn.member == member_id):
            raise NotFound(say("sign-in"))


def end_all(member_id: int) -> None:
    """End every sign-in of the member, on this browser as well."""
    with transaction():
        _end(MemberSignIn.member == member_id)


def _open(member_id: int):
    theirs = (MemberSignIn.member == member_id) & MemberSignIn.ended_at.is_null() & (MemberSignIn.expires_at > wall())
    proved = (Member.id == MemberSignIn.member) & (Member.mail == MemberSignIn.mail)
    return MemberSignIn.select().join(Member, on=proved).where(theirs)


def _end(*which) -> int:
    # It is kept for some time after its end, which is now.
    return (
        MemberSignIn.update(ended_at=wall(), expires_at=wall()).where(MemberSignIn.ended_at.is_null(), *which).execute()
    )
