"""Members who use no offers for a while: the club stays closed to them (contract: member-offers, "Errors")."""

from datetime import datetime, timedelta

from portal import clock
from portal.database import transaction
from portal.domain import values
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.domain.values import checked

LONGEST = timedelta(days=36_500)
_FIELDS = {"reason": values.optional_name(255)}
_PRESENT = Member.erased_at.is_null() & Member.merged_into.is_null()


def until(member: Member) -> datetime | None:
    """Until when the member is banned; None for one who is not."""
    return None if clock.has_passed(member.banned_until) else member.banned_until


def ban(member: Member, until: datetime, reason: str | None = None) -> None:
    """The member uses nothing until then; a ban before is changed. Raises Invalid for a moment that has passed or is a century
    away, NotFound when the member was erased meanwhile."""
    why = checked({"reason": reason}, _FIELDS)["reason"]
    if not clock.now() < until <= clock.now() + LONGEST:
        raise Invalid("banned_until", say("Choose a moment that is to come, within a hundred years."))
    with transaction():
        banned = Member.update(banned_until=until, ban_reason=why).where(Member.id == member.id, _PRESENT)
        if not banned.execute():
            raise NotFound(say("customer"))
        log.record(member.partner_id, "member.banned", "member", member.uuid)


def lift(member: Member) -> None:
    """The member may use offers again. Raises Refused for one who is not banned."""
    with transaction():
        theirs = (Member.id == member.id) & Member.banned_until.is_null(False)
        if not Member.update(banned_until=None, ban_reason=None).where(theirs).execute():
            raise Refused(say("The customer is not banned."))
        log.record(member.partner_id, "member.unbanned", "member", member.uuid)
