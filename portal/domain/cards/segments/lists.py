"""Which segments there are, and which customers are in which."""

from collections.abc import Iterable
from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.customers.lists import MOST_COUNTED
from portal.domain.cards.segments import together
from portal.domain.members.tables import Segment

MANUAL, RULE = "manual", "rule"
_PUT = Statement(
    """SELECT i.member_id, i.segment_id FROM segment_member i WHERE i.member_id IN :members ORDER BY i.segment_id"""
)
_OF = Statement("SELECT partner_id FROM member WHERE id = :member")


class Listed(NamedTuple):
    """A segment, and how many are in it: at most one more than are counted."""

    segment: Segment
    customers: int


def of(partner_id: int) -> list[Segment]:
    """The partner's segments by their names."""
    return list(Segment.select().where(Segment.partner == partner_id).order_by(Segment.name_key))


def counted(partner_id: int) -> list[Listed]:
    """The same with how many are in each."""
    every = of(partner_id)
    counts = together.counts(partner_id, every, MOST_COUNTED + 1)
    return [Listed(one, counts.get(one.id, 0)) for one in every]


def word(segment: Segment) -> str:
    """`type` on the wire."""
    return MANUAL if segment.rule is None else RULE


def of_members(ids: Iterable[int]) -> dict[int, list[Segment]]:
    """The segments that each customer of one partner is in, by their ids: as many queries as kinds of rules, however many
    customers and segments."""
    members = sorted(set(ids))
    every = of(_OF.value(member=members[0])) if members else []
    if not every:
        return {}
    by_id = {segment.id: segment for segment in every}
    found: dict[int, list[Segment]] = {}
    for member, segment in [*_PUT.rows(members=members), *together.fitting(members, every)]:
        found.setdefault(member, []).append(by_id[segment])
    return {member: sorted(its, key=lambda one: one.id) for member, its in found.items()}
