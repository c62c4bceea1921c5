"""The few that bring most in a period, most first: offers, promoters, promotions and landings."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.figures import sold_days
from portal.domain.periods import Period

MOST = 5

_PROMOTIONS = Statement(
    """SELECT c.title, m.uid, (SELECT COUNT(*) FROM deal d WHERE d.promotion_id = m.id AND d.conversion_time >= ?) AS deals
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id WHERE m.promoter_id = ? ORDER BY deals DESC, m.id LIMIT ?"""
)
_LANDINGS = Statement(
    """SELECT COALESCE(l.title, l.url), MIN(m.uid), COUNT(*) FROM promotion m
    JOIN click k ON k.promotion_id = m.id AND k.at >= ? JOIN landing l ON l.id = k.landing_id
    WHERE m.promoter_id = ? GROUP BY l.id, l.title, l.url ORDER BY COUNT(*) DESC, l.id LIMIT ?"""
)


class Top(NamedTuple):
    """A name, what its page is found by (an offer's UUID, a promotion's uid), and how many deals or clicks."""

    name: str
    key: str
    count: int


def offers(partner_id: int, period: Period) -> list[Top]:
    """The merchant's offers with most reported deals."""
    return _named(_offers, sold_days.whose(partner_id, period.stretches).offers)


def promoters(partner_id: int, period: Period) -> list[Top]:
    """The merchant's promoters with most reported deals, a line a catalog."""
    return _named(_promoters, sold_days.whose(partner_id, period.stretches).promotions)


def promotions(promoter_id: int, since: int) -> list[Top]:
    """The catalogs that the promoter brought most deals to."""
    return _read(_PROMOTIONS, promoter_id, since)


def landings(promoter_id: int, since: int) -> list[Top]:
    """The landings that the promoter's links led to most often, by clicks."""
    return _read(_LANDINGS, promoter_id, since)


def _read(statement: Statement, partner_id: int, since: int) -> list[Top]:
    return [Top._make(row) for row in statement.rows(since, partner_id, MOST) if row[2]]


def _named(names: Callable[[int], Statement], counts: Counter[int]) -> list[Top]:
    """The first of them, with their names; of as many deals the older one first."""
    first = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST]
    known = {id: (name, key) for id, name, key in names(len(first)).rows(*(id for id, _ in first))} if first else {}
    return [Top(*known[id], count) for id, count in first]


@cache
def _offers(count: int) -> Statement:
    return Statement(f"SELECT id, name, uuid FROM offer WHERE id IN ({', '.join('?' * count)})")


@cache
def _promoters(count: int) -> Statement:
    return Statement(
        f"""SELECT m.id, q.name || ' · ' || t.title, m.uid FROM promotion m JOIN partner q ON q.id = m.promoter_id
        JOIN catalog t ON t.id = m.catalog_id WHERE m.id IN ({", ".join("?" * count)})"""
    )
