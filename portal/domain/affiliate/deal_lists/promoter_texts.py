"""The names that a promoter sees in the rows of its deals, of catalogs, merchants and offers, by the words that it looks for."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.typed import words
from portal.domain.typed.texts import visible
from portal.letters import alike

MOST = 50  # offers that are looked for


class _Promotion(NamedTuple):
    id: int
    catalog_id: int
    name: str


class _Offer(NamedTuple):
    id: int
    catalog_id: int
    name: str


_PROMOTIONS = Statement(
    """SELECT m.id, c.id AS catalog_id, c.title || ' ' || b.name AS name FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    JOIN partner b ON b.id = c.partner_id WHERE m.promoter_id = :promoter""",
    _Promotion,
)
_OFFERS = {
    count: Statement(
        f"""SELECT o.id, o.catalog_id, o.name FROM promotion m JOIN offer o ON o.catalog_id = m.catalog_id
        WHERE m.promoter_id = :promoter AND {words.any_of(("o.name",), count)} ORDER BY o.id DESC LIMIT 500""",
        _Offer,
    )
    for count in range(1, words.MOST + 1)
}


class Named(NamedTuple):
    """The ids of promotions of which every deal has the words, and of offers whose deals have them; at most `MOST` offers."""

    promotions: frozenset[int]
    offers: list[int]


def named(promoter_id: int, text: str) -> Named:
    """What of the promoter's is called so: each word stands in the name of the catalog, of its merchant or of the offer."""
    sought, typed = set(map(alike, visible(text).split()[: words.MOST])), words.patterns(text)
    lacking, whole = {}, set()
    for one in _PROMOTIONS.rows(promoter=promoter_id):
        name = alike(one.name)
        lacking[one.catalog_id] = {word for word in sought if word not in name}
        if not lacking[one.catalog_id]:
            whole.add(one.id)
    offers = _OFFERS[len(typed)].rows(promoter=promoter_id, **typed)
    fitting = [one.id for one in offers if lacking[one.catalog_id] and _has(one.name, lacking[one.catalog_id])]
    return Named(frozenset(whole), fitting[:MOST])


def _has(name: str, sought: set[str]) -> bool:
    name = alike(name)
    return all(word in name for word in sought)
