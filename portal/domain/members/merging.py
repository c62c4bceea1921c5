"""Somebody who is there twice becomes one (contract: cards; cases: cards, "Merging customers")."""

from collections.abc import Callable
from typing import Any

from portal import clock
from portal.database import transaction
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.members import allowing, blanks, holding, likeness, words
from portal.domain.members.details import derived
from portal.domain.members.tables import Member, SegmentMember
from portal.domain.sentences import say

# What others keep of a person: called with who goes and who stays, while both are held.
when_merged: list[Callable[[Member, Member], None]] = []


def merge(gone: Member, kept: Member) -> Member:
    """Both are one from now on, under the number of the one who stays; the other number leads there. What the one who stays
    lacks is taken over. Raises Refused for one and the same, NotFound when either is gone."""
    if gone.id == kept.id or gone.partner_id != kept.partner_id:
        raise Refused(say("Choose two customers: these are one already."))
    with transaction():
        allowing.refuse(kept.partner_id)
        holding.hold(gone, kept)
        gone, kept = Member.get_by_id(gone.id), Member.get_by_id(kept.id)
        taken_over = _taken_over(kept, gone)
        keys = [likeness.of_member(gone), likeness.of_member(kept)]
        likeness.count(kept.partner_id, keys, [likeness.Keys(taken_over["name_key"], taken_over["mail_key"])])
        for unite in when_merged:
            unite(gone, kept)
        _hand_on_segments(gone, kept)
        blanks.leave(gone, merged_into=kept)
        Member.update(**taken_over, updated_at=clock.now()).where(Member.id == kept.id).execute()
        words.put(Member.get_by_id(kept.id))
        Member.update(merged_into=kept).where(Member.merged_into == gone).execute()
        log.record(kept.partner_id, "member.merged", "member", kept.uuid, {"from": gone.uuid, "from_id": gone.id})
    return Member.get_by_id(kept.id)


def _hand_on_segments(gone: Member, kept: Member) -> None:
    has = SegmentMember.select(SegmentMember.segment).where(SegmentMember.member == kept)
    theirs = (SegmentMember.member == gone) & SegmentMember.segment.not_in(has)
    SegmentMember.update(member=kept).where(theirs).execute()


def _taken_over(kept: Member, gone: Member) -> dict[str, Any]:
    """What only the other one had. A phone goes along as it was typed; a password opens no account of another address."""
    known = [name for name in blanks.PERSONAL if name != "password_hash"]
    names = [name for name in known if getattr(kept, name) is None and getattr(gone, name) is not None]
    taken_over = {name: getattr(gone, name) for name in names}
    if gone.banned_until and kept.banned_until and gone.banned_until > kept.banned_until:
        taken_over |= {"banned_until": gone.banned_until, "ban_reason": gone.ban_reason}
    firsts = {name: min(getattr(kept, name), getattr(gone, name)) for name in ("created_at", "seen_at")}
    return {**taken_over, **firsts, **derived.of_person(kept.__data__ | taken_over)}
