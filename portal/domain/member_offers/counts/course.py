"""From being seen to being used: what became of an offer, or of the offers of a collection, between days of the club's time zone.

Looks are counted by day, as they were told; uses are those that were not undone.
"""

from datetime import date
from typing import NamedTuple

from portal.database import Statement
from portal.domain import periods

_EARLIEST, _LATEST = date(1970, 1, 1), date(9000, 1, 1)


class Course(NamedTuple):
    """How often something was seen, opened and used."""

    seen: int
    clicked: int
    used: int


_IN_COLLECTION = "IN (SELECT p.terms_id FROM collection_offer p WHERE p.collection_id = :thing)"
_COURSE = """SELECT COALESCE(SUM(d.seen), 0) AS seen, COALESCE(SUM(d.clicked), 0) AS clicked,
    (SELECT COUNT(*) FROM offer_use u WHERE u.terms_id {of} AND u.undone_at IS NULL
        AND u.used_at >= :since AND u.used_at < :until) AS used
    FROM offer_day d WHERE d.terms_id {of} AND d.day >= :first AND d.day <= :last"""
_OF_OFFER = Statement(_COURSE.format(of="= :thing"), row=Course)
_OF_COLLECTION = Statement(_COURSE.format(of=_IN_COLLECTION), row=Course)


def of_offer(terms_id: int, time_zone: str, first: date | None = None, last: date | None = None) -> Course:
    """Of one offer, by its terms, from the first day to the last."""
    return _read(_OF_OFFER, terms_id, time_zone, first or _EARLIEST, last or _LATEST)


def of_collection(collection_id: int, time_zone: str, first: date | None = None, last: date | None = None) -> Course:
    """Of those offers together that stand in a collection now."""
    return _read(_OF_COLLECTION, collection_id, time_zone, first or _EARLIEST, last or _LATEST)


def _read(statement: Statement[Course], thing: int, time_zone: str, first: date, last: date) -> Course:
    found = statement.row(
        thing=thing,
        first=first.isoformat(),
        last=last.isoformat(),
        since=periods.begins(first, time_zone),
        until=periods.begins(date.fromordinal(last.toordinal() + 1), time_zone),
    )
    return found or Course(0, 0, 0)
