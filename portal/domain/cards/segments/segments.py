"""Segments of customers: made, renamed, removed, and who is put into those that have no rule."""

from collections.abc import Callable

from peewee import IntegrityError

from portal.database import Statement, savepoint, transaction
from portal.domain import values
from portal.domain.accounts.partners import partners
from portal.domain.cards.companies import limits
from portal.domain.cards.segments import rules
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.members import holding
from portal.domain.members.tables import Member, Segment, SegmentMember
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import checked

# What else knows of segments: called before one is removed, and may refuse it.
when_removed: list[Callable[[Segment], None]] = []
MOST = 50  # Each rule is asked of every customer that is shown.
THING = "segment"
FIELDS = {"name": values.name(60)}
# Whoever puts somebody into it waits for whoever removes it, and the other way round.
_HOLD = Statement("SELECT id FROM segment WHERE id = :segment", lock="FOR KEY SHARE")


def make(
    partner_id: int, name: str, rule: str = "", number: int | None = None, template_id: int | None = None
) -> Segment:
    """A new segment, by a rule if one is named. Raises Invalid for a name that is there or a rule that lacks something, Refused
    when there are `MOST`."""
    named = checked({"name": name}, FIELDS)["name"]
    kept = rules.checked(partner_id, rule, number, template_id) if rule else None
    with transaction():
        partners.hold(partner_id)
        limits.refuse_expired(partner_id)
        if Segment.select().where(Segment.partner == partner_id).count() >= MOST:
            raise Refused(say("There are {most} segments already. Remove one first.", most=MOST))
        segment = _named(lambda: Segment.create(partner=partner_id, name=named, name_key=compared(named), rule=kept))
        log.record(partner_id, "segment.created", THING, segment.id)
    return segment


def rename(segment: Segment, name: str) -> Segment:
    """Call it otherwise. Raises Invalid, and NotFound when somebody else just removed it."""
    named = checked({"name": name}, FIELDS)["name"]
    change = Segment.update(name=named, name_key=compared(named)).where(Segment.id == segment.id)
    with transaction():
        limits.refuse_expired(segment.partner_id)
        if not _named(change.execute):
            raise NotFound(say("segment"))
        log.record(segment.partner_id, "segment.renamed", THING, segment.id)
    return find(segment.partner_id, segment.id)


def remove(segment: Segment) -> None:
    """Forget the segment; its customers stay. Raises Refused while something else needs it, NotFound when somebody else just
    removed it."""
    with transaction():
        for refuse in when_removed:
            refuse(segment)
        SegmentMember.delete().where(SegmentMember.segment == segment).execute()
        if not Segment.delete().where(Segment.id == segment.id).execute():
            raise NotFound(say("segment"))
        log.record(segment.partner_id, "segment.removed", THING, segment.id)


def put(segment: Segment, member: Member) -> bool:
    """Put a customer into it; whether they were not in it before. Raises Refused for a segment by a rule, NotFound when either is
    gone."""
    if segment.rule is not None:
        raise Refused(say("Customers are in “{name}” by its rule. Nobody is put into it.", name=segment.name))
    with transaction():
        limits.refuse_expired(segment.partner_id)
        holding.hold(member)
        if _HOLD.value(segment=segment.id) is None:
            raise NotFound(say("segment"))
        if SegmentMember.get_or_none(segment=segment, member=member):
            return False
        SegmentMember.create(segment=segment, member=member)
        log.record(segment.partner_id, "segment.joined", "member", member.uuid, {"segment": segment.id})
    return True


def take_out(segment: Segment, member: Member) -> None:
    """Take a customer out of it."""
    with transaction():
        theirs = (SegmentMember.segment == segment) & (SegmentMember.member == member)
        if SegmentMember.delete().where(theirs).execute():
            log.record(segment.partner_id, "segment.left", "member", member.uuid, {"segment": segment.id})


def find(partner_id: int, segment_id: int) -> Segment:
    """The partner's segment. Raises NotFound."""
    segment = Segment.get_or_none(Segment.id == segment_id, Segment.partner == partner_id)
    if segment is None:
        raise NotFound(say("segment"))
    return segment


def _named(write):
    try:
        with savepoint():
            return write()
    except IntegrityError:
        raise Invalid("name", say("There is a segment of this name already.")) from None
