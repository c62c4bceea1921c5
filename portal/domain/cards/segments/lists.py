"""Which segments there are, and which customers are in which."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.customers import lists as customer_lists
from portal.domain.cards.customers.filters import Filter
from portal.domain.cards.segments import rules
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
    return [Listed(one, customer_lists.count(partner_id, Filter(segment=one))) for one in of(partner_id)]


def word(segment: Segment) -> str:
    """`type` on the wire."""
    return MANUAL if segment.rule is None else RULE


def of_members(ids: Iterable[int]) -> dict[int, list[Segment]]:
    """The segments that each customer of one partner is in, by their ids: as many queries as rules, however many customers."""
    members = sorted(set(ids))
    every = of(_OF.value(member=members[0])) if members else []
    if not every:
        return {}
    by_id = {segment.id: segment for segment in every}
    found: dict[int, list[Segment]] = {}
    for member, segment in [*_PUT.rows(members=members), *_fitting(members, every)]:
        found.setdefault(member, []).append(by_id[segment])
    return {member: sorted(its, key=lambda one: one.id) for member, its in found.items()}


def _fitting(members: Sequence[int], every: list[Segment]) -> list[tuple[int, int]]:
    found = []
    for segment in every:
        if segment.rule is not None:
            fits = rules.condition(segment.partner_id, segment.rule)
            fitting = _among(fits.text).values(members=members, **fits.given)
            found += [(member, segment.id) for member in fitting]
    return found


@cache
def _among(text: str) -> Statement:
    """The query of a kind of rule: there are as many as rules, and fields that cards are about."""
    return Statement(f"SELECT m.id FROM member m WHERE m.id IN :members AND {text}")
