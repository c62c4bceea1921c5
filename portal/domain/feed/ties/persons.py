"""What the feed knows of customers, when two of them become one, or somebody is erased: `feed_ties` imports it."""

from portal.domain.feed.ties.tables import DrawnCode
from portal.domain.members import members, merging
from portal.domain.members.tables import Member


def forget(member: Member) -> None:
    """In the transaction that erases somebody: a code stays drawn, and is nobody's in particular any more."""
    DrawnCode.update(member=None, member_key=None).where(DrawnCode.member == member).execute()


def unite(gone: Member, kept: Member) -> None:
    """In the transaction that makes them one: what was drawn for one is drawn for the other."""
    DrawnCode.update(member=kept).where(DrawnCode.member == gone).execute()


members.when_erased.append(forget)
merging.when_merged.append(unite)
