"""The few that bring most in a period, most first: offers, promoters, promotions and landings."""

from typing import NamedTuple

from portal.database import Statement

MOST = 5

# Each offer's and each promotion's deals are counted by an index of its own; grouping the deals would read all of them.
_OFFERS = Statement(
    """SELECT o.name, o.uuid, (SELECT COUNT(*) FROM deal d WHERE d.offer_id = o.id AND d.conversion_time >= ?) AS deals
    FROM offer o WHERE o.partner_id = ? ORDER BY deals DESC, o.id LIMIT ?"""
)
_PROMOTERS = Statement(
    """SELECT q.name || ' · ' || t.title, m.uid, n.deals FROM (
        SELECT p.id, (SELECT COUNT(*) FROM deal d WHERE d.promotion_id = p.id AND d.conversion_time >= ?) AS deals
        FROM catalog c JOIN promotion p ON p.catalog_id = c.id WHERE c.partner_id = ? ORDER BY deals DESC, p.id LIMIT ?) n
    JOIN promotion m ON m.id = n.id JOIN partner q ON q.id = m.promoter_id JOIN catalog t ON t.id = m.catalog_id ORDER BY n.deals DESC, m.id"""
)
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


def offers(partner_id: int, since: int) -> list[Top]:
    """The merchant's offers with most reported deals."""
    return _read(_OFFERS, partner_id, since)


def promoters(partner_id: int, since: int) -> list[Top]:
    """The merchant's promoters with most reported deals, a line a catalog."""
    return _read(_PROMOTERS, partner_id, since)


def promotions(promoter_id: int, since: int) -> list[Top]:
    """The catalogs that the promoter brought most deals to."""
    return _read(_PROMOTIONS, promoter_id, since)


def landings(promoter_id: int, since: int) -> list[Top]:
    """The landings that the promoter's links led to most often, by clicks."""
    return _read(_LANDINGS, promoter_id, since)


def _read(statement: Statement, partner_id: int, since: int) -> list[Top]:
    return [Top._make(row) for row in statement.rows(since, partner_id, MOST) if row[2]]
