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
    """WITH RECURSIVE c (code) AS (SELECT MIN(currency) FROM deal WHERE partner_id = :partner UNION ALL
        SELECT (SELECT MIN(currency) FROM deal WHERE partner_id = :partner AND currency > c.code) FROM c
        WHERE c.code IS NOT NULL)
    SELECT code FROM c WHERE code IS NOT NULL
        AND EXISTS (SELECT 1 FROM deal WHERE partner_id = :partner AND currency = code AND conversion_time >= :since)
    ORDER BY code"""
)
_OF_DAY = "FROM deal WHERE partner_id = :partner AND conversion_time >= :begins_{0} AND conversion_time < :ends_{0}"
_COUNTS = f"""COUNT(*), COUNT(approved_at), COUNT(*) FILTER (WHERE status = 'Created'),
    COUNT(*) FILTER (WHERE status = 'Canceled'), (SELECT COUNT(*) {_OF_DAY} AND promotion_id IS NULL)"""
_OF_CURRENCY = """COUNT(*) FILTER (WHERE status <> 'Canceled' AND currency = :{code}),
    COALESCE(SUM(cost) FILTER (WHERE status <> 'Canceled' AND currency = :{code}), 0),
    COALESCE(SUM(payment_sum) FILTER (WHERE currency = :{code}), 0),
    COALESCE(SUM(payment_sum) FILTER (WHERE approved_at IS NOT NULL AND currency = :{code}), 0)"""


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


class _Counted(NamedTuple):
    """How many deals of an offer and a promotion the day at a place has."""

    place: int
    offer_id: int
    promotion_id: int | None
    deals: int


_days, _whose = Remembered(), Remembered()


def days(partner_id: int, stretches: list[Stretch]) -> list[Day]:
    """What was sold in each of the days, which are in their order."""
    recalled = _days.recall(partner_id)
    known = _untouched(recalled)
    codes = _CURRENCIES.values(partner=partner_id, since=stretches[0].begins)
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
    given = _edges(some) | {f"code_{number}": code for number, code in enumerate(codes)}
    counts, sums = len(Day._fields) - 1, len(Sold._fields)
    for place, *values in _sums(len(some), len(codes)).rows(partner=partner_id, **given):
        of_day = list(map(int, values))
        each = (Sold._make(of_day[first : first + sums]) for first in range(counts, len(of_day), sums))
        yield some[place], Day._make([*of_day[:counts], dict(zip(codes, each, strict=True))])


def _counted(partner_id: int, some: list[Stretch]) -> dict[Stretch, Whose]:
    found = {day: Whose(Counter(), Counter()) for day in some}
    for counted in _counts(len(some)).rows(partner=partner_id, **_edges(some)):
        of_day = found[some[counted.place]]
        of_day.offers[counted.offer_id] += counted.deals
        if counted.promotion_id is not None:
            of_day.promotions[counted.promotion_id] += counted.deals
    return found


def _edges(some: list[Stretch]) -> dict[str, int]:
    return {f"{edge}_{place}": moment for place, day in enumerate(some) for edge, moment in day._asdict().items()}


@cache
def _sums(days: int, currencies: int) -> Statement:
    """Each day by its own piece of the index, and from it alone; grouping the rows would sort them all. The columns are the
    place of the day, the counts of a Day, and of each currency those of Sold."""
    sums = "".join(f", {_OF_CURRENCY.format(code=f'code_{number}')}" for number in range(currencies))
    each = (f"SELECT {place}, {_COUNTS.format(place)}{sums} {_OF_DAY.format(place)}" for place in range(days))
    return Statement(" UNION ALL ".join(each))


@cache
def _counts(days: int) -> Statement[_Counted]:
    one = f"offer_id, promotion_id, COUNT(*) AS deals {_OF_DAY} GROUP BY offer_id, promotion_id"
    return Statement(
        " UNION ALL ".join(f"SELECT {place} AS place, {one.format(place)}" for place in range(days)), _Counted
    )
