"""The rules of several segments asked at once: a query for each kind of rule, however many segments have one of the kind."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.cards.segments import rules
from portal.domain.cards.segments.rules import Condition
from portal.domain.members.tables import Segment

_FITTING = "SELECT m.id, rule.segment FROM rule JOIN member m ON m.id IN :members WHERE {fits}"
_COUNT = """SELECT rule.segment, (SELECT COUNT(*) FROM (SELECT 1 FROM member m {joined} WHERE m.partner_id = :partner
    AND m.erased_at IS NULL AND m.merged_into_id IS NULL AND {walked} LIMIT :most) few) FROM rule"""
_COUNT_PUT = Statement(
    """SELECT s.id, (SELECT COUNT(*) FROM (SELECT 1 FROM segment_member i JOIN member m ON m.id = i.member_id
        WHERE i.segment_id = s.id AND m.erased_at IS NULL AND m.merged_into_id IS NULL LIMIT :most) few)
    FROM segment s WHERE s.partner_id = :partner AND s.rule IS NULL"""
)


class _Kind(NamedTuple):
    """A condition, as those who meet it are asked and as they are walked through, and the names of the numbers that its rules say."""

    fits: str
    walked: str
    joined: str
    said: tuple[str, ...]


def fitting(members: Sequence[int], segments: Iterable[Segment]) -> list[tuple[int, int]]:
    """Which of these customers of one partner fit the rules of the segments: pairs of both ids."""
    return _asked(_FITTING, segments, members=members)


def counts(partner_id: int, segments: Iterable[Segment], most: int) -> dict[int, int]:
    """How many of the partner's customers are in each of its segments, at most `most`, by the segment's id."""
    put = _COUNT_PUT.rows(partner=partner_id, most=most)
    return dict([*put, *_asked(_COUNT, segments, partner=partner_id, most=most)])


def _asked(query: str, segments: Iterable[Segment], **given) -> list[tuple]:
    found: list[tuple] = []
    for kind, asked in _by_kind([one for one in segments if one.rule is not None]).items():
        said = {f"{name}_{place}": value for place, row in enumerate(asked) for name, value in row.items()}
        found += _statement(query, kind, len(asked)).rows(**said, **given)
    return found


def _by_kind(segments: list[Segment]) -> dict[_Kind, list[dict]]:
    conditions = rules.conditions(segments[0].partner_id, [one.rule for one in segments]) if segments else []
    found: dict[_Kind, list[dict]] = {}
    for segment, fits in zip(segments, conditions, strict=True):
        found.setdefault(_kind(fits), []).append({"segment": segment.id, **fits.given})
    return found


def _kind(fits: Condition) -> _Kind:
    walked = f"m.id = {fits.key}" if fits.joined else fits.text
    return _Kind(fits.text, walked, fits.joined, tuple(fits.given))


@cache
def _statement(query: str, kind: _Kind, count: int) -> Statement:
    columns, written = ("segment", *kind.said), query.format(**kind._asdict())
    for name in kind.said:
        written = written.replace(f":{name}", f"rule.{name}")
    rows = ", ".join(f"({', '.join(f'CAST(:{name}_{place} AS BIGINT)' for name in columns)})" for place in range(count))
    return Statement(f"WITH rule ({', '.join(columns)}) AS (VALUES {rows}) {written}")
