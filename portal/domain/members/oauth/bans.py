"""Members who are banned get no tokens."""

from datetime import datetime

from portal import clock
from portal.domain.errors import Refused
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class Banned(Refused):
    """The member may not sign in by an app until then."""

    def __init__(self, until: datetime):
        super().__init__(say("Member is banned!"))
        self.until = until


def refuse(member: Member) -> None:
    """Raise Banned for a member who is."""
    if member.banned_until is not None and member.banned_until > clock.now():
        raise Banned(member.banned_until)
