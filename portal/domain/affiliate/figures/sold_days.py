"""What a merchant sold each day, remembered: only days whose deals have changed are summed anew."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.periods import Stretch
from portal.domain.remembered import Recalled, Remembered

_MOST_DAYS = 400  # of a partner
_TOGETHER = 30

# Steps from one currency to the next along the index, instead of reading every deal.
_CURRENCIES = Statement(
    """WITH RECURSIVE c (code) AS (SELECT MIN(currency) FROM deal WHERE partner_id = ? UNION ALL
        SELECT (SELECT MIN(currency) FROM deal WHERE partner_id = ? AND currency > c.code) FROM c WHERE c.code IS NOT NULL)
    SELECT code FROM c WHERE code IS NOT NULL
        AND EXISTS (SELECT 1 FROM deal WHERE partner_id = ? AND currency = code AND conversion_time >= ?) ORDER BY code"""
)
_OF_DAY = "FROM deal WHERE partner_id = ? AND conversion_time >= ? AND conversion_time < ?"
_COUNTS = f"""COUNT(*), COUNT(approved_at), COUNT(*) FILTER (WHERE status = 'Created'),
    COUNT(*) FILTER (WHERE status = 'Canceled'), (SELECT COUNT(*) {_OF_DAY} AND promotion_id IS NULL)"""
_OF_CURRENCY = """COUNT(*) FILTER (WHERE status <> 'Canceled' AND currency = ?),
    COALESCE(SUM(cost) FILTER (WHERE status <> 'Canceled' AND currency = ?), 0),
    COALESCE(SUM(payment_sum) FILTER (WHERE currency = ?), 0),
    COALESCE(SUM(payment_sum) FILTER (WHERE approved_at IS NOT NULL AND currency = ?), 0)"""


class Sold(NamedTuple):
    """The deals in one currency that are not canceled: how many, and in minor units what they cost and earn, and what of
    that is approved."""

    deals: int = 0
    cost: int = 0
    earned: int = 0
    approved: int = 0


class Day(NamedTuple):
    """The deals reported in a day: how many, and what was sold by currency."""

    deals: int
    approved: int
    created: int
    canceled: int
    nobodys: int
    sold: dict[str, Sold]


class Whose(NamedTuple):
    """How many deals of a day each offer and each promotion has."""

    offers: Counter[int]
    promotions: Counter[int]


_days, _whose = Remembered(), Remembered()


def days(partner_id: int, stretches: list[Stretch]) -> list[Day]:
    """What was sold in each of the days, which are in their order."""
    recalled = _days.recall(partner_id)
    known = _untouched(recalled)
    codes = [code for (code,) in _CURRENCIES.rows(partner_id, partner_id, partner_id, stretches[0].begins)]
    for some in _missing(stretches, known):
        known.update(_summed(partner_id, some, codes))
    _days.keep(partner_id, recalled.position, _lately(known))
    return [known[day] for day in stretches]


def whose(partner_id: int, stretches: list[Stretch]) -> Whose:
    """How many deals of the days, which follow one another, each offer and each promotion has."""
    recalled = _whose.recall(partner_id)
    known = _untouched(recalled)
    for some in _missing(stretches, known):
        known.update(_counted(partner_id, some))
    all_of_them = Stretch(stretches[0].begins, stretches[-1].ends)
    if all_of_them not in known:
        known[all_of_them] = _together([known[day] for day in stretches])
    _whose.keep(partner_id, recalled.position, _lately(known))
    return known[all_of_them]


def _untouched(recalled: Recalled) -> dict:
    """The days whose deals are as they were."""
    moments = sorted(change.moment for change in recalled.changes if change.moment is not None)
    return {
        day: value
        for day, value in recalled.values.items()
        if bisect_left(moments, day.begins) == bisect_left(moments, day.ends)
    }


def _together(days: list[Whose]) -> Whose:
    found = Whose(Counter(), Counter())
    for day in days:
        found.offers.update(day.offers)
        found.promotions.update(day.promotions)
    return found


def _lately(known: dict) -> dict:
    """The latest of them; time goes on, and a partner may move to another time zone."""
    return known if len(known) <= _MOST_DAYS else {day: known[day] for day in sorted(known)[-_MOST_DAYS // 2 :]}


def _missing(stretches: list[Stretch], known: dict) -> Iterator[list[Stretch]]:
    """The days that are not known, as many at a time as one statement takes."""
    missing = [day for day in stretches if day not in known]
    return (missing[first : first + _TOGETHER] for first in range(0, len(missing), _TOGETHER))


def _summed(partner_id: int, some: list[Stretch], codes: list[str]) -> Iterator[tuple[Stretch, Day]]:
    each = [code for code in codes for _ in Sold._fields]
    values = [value for day in some for value in (partner_id, *day, *each, partner_id, *day)]
    for place, *counts in _sums(len(some), len(codes)).rows(*values):
        row = [int(value) for value in counts]
        sold = {code: Sold(*row[first : first + 4]) for code, first in zip(codes, range(5, len(row), 4), strict=True)}
        yield some[place], Day(*row[:5], sold)


def _counted(partner_id: int, some: list[Stretch]) -> dict[Stretch, Whose]:
    found = {day: Whose(Counter(), Counter()) for day in some}
    values = [value for day in some for value in (partner_id, *day)]
    for place, offer, promotion, count in _counts(len(some)).rows(*values):
        of_day = found[some[place]]
        of_day.offers[offer] += count
        if promotion is not None:
            of_day.promotions[promotion] += count
    return found


@cache
def _sums(days: int, currencies: int) -> Statement:
    """Each day by its own piece of the index, and from it alone; grouping the rows would sort them all."""
    sums = f", {_OF_CURRENCY}" * currencies
    return Statement(" UNION ALL ".join(f"SELECT {place}, {_COUNTS}{sums} {_OF_DAY}" for place in range(days)))


@cache
def _counts(days: int) -> Statement:
    one = f"offer_id, promotion_id, COUNT(*) {_OF_DAY} GROUP BY offer_id, promotion_id"
    return Statement(" UNION ALL ".join(f"SELECT {place}, {one}" for place in range(days)))
