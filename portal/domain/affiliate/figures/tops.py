"""The few that bring most in a period, most first: offers, promoters, promotions and landings."""

from collections import Counter
from typing import NamedTuple

from portal.database import Statement
from portal.domain.affiliate.figures import sold_days
from portal.domain.periods import Period

MOST = 5


class Top(NamedTuple):
    """A name, what its page is found by (an offer's UUID, a promotion's uid), and how many deals or clicks."""

    name: str
    key: str
    number: int


class _Named(NamedTuple):
    id: int
    name: str
    key: str


_PROMOTIONS = Statement(
    f"""SELECT c.title AS name, m.uid AS key,
        (SELECT COUNT(*) FROM deal d WHERE d.promotion_id = m.id AND d.conversion_time >= :since AND d.conversion_time < :until) AS number
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id WHERE m.promoter_id = :promoter
    ORDER BY number DESC, m.id LIMIT {MOST}""",
    Top,
)
_LANDINGS = Statement(
    f"""SELECT COALESCE(l.title, l.url) AS name, MIN(m.uid) AS key, COUNT(*) AS number FROM promotion m
    JOIN click k ON k.promotion_id = m.id AND k.at >= :since AND k.at < :until JOIN landing l ON l.id = k.landing_id
    WHERE m.promoter_id = :promoter GROUP BY l.id, l.title, l.url ORDER BY COUNT(*) DESC, l.id LIMIT {MOST}""",
    Top,
)
_OFFERS = Statement("SELECT id, name, uuid AS key FROM offer WHERE id IN :ids", _Named)
_PROMOTERS = Statement(
    """SELECT m.id, q.name || ' · ' || t.title AS name, m.uid AS key FROM promotion m JOIN partner q ON q.id = m.promoter_id
    JOIN catalog t ON t.id = m.catalog_id WHERE m.id IN :ids""",
    _Named,
)


def offers(partner_id: int, period: Period) -> list[Top]:
    """The merchant's offers with most reported deals."""
    return _named(_OFFERS, sold_days.whose(partner_id, period.stretches).offers)


def promoters(partner_id: int, period: Period) -> list[Top]:
    """The merchant's promoters with most reported deals, a line a catalog."""
    return _named(_PROMOTERS, sold_days.whose(partner_id, period.stretches).promotions)


def promotions(promoter_id: int, period: Period) -> list[Top]:
    """The catalogs that the promoter brought most deals to."""
    return [top for top in _PROMOTIONS.rows(promoter=promoter_id, since=period.since, until=period.until) if top.number]


def landings(promoter_id: int, period: Period) -> list[Top]:
    """The landings that the promoter's links led to most often, by clicks."""
    return _LANDINGS.rows(promoter=promoter_id, since=period.since, until=period.until)


def _named(names: Statement[_Named], counts: Counter[int]) -> list[Top]:
    """The first of them, with their names; of as many deals the older one first."""
    first = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST]
    known = {one.id: one for one in names.rows(ids=[id for id, _ in first])} if first else {}
    return [Top(known[id].name, known[id].key, count) for id, count in first]
