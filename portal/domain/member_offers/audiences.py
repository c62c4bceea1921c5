"""Whom offers are for: members of a segment. What segments have rules is another area's, which answers for them."""

from collections.abc import Callable

from portal.database import Statement

_WANTED = Statement(
    """SELECT DISTINCT t.audience_id FROM member_terms t WHERE t.partner_id = :partner AND t.audience_id IS NOT NULL
    ORDER BY t.audience_id"""
)
# Which of these segments of a partner's a member is in: `(partner id, member id, segment ids)`. A tie fills it.
asked: list[Callable[[int, int, list[int]], set[int]]] = []


def of(partner_id: int, member_id: int) -> tuple[int, ...]:
    """Those of the segments that some offer of the partner's is for which the member is in."""
    wanted = _WANTED.values(partner=partner_id)
    return tuple(sorted({found for ask in asked for found in ask(partner_id, member_id, wanted)}))
