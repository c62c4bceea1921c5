"""The offers of a collection, and those that could be put into it, as their partner looks through them."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.lists import key_pages
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.member_offers.rows import IS_OVER
from portal.domain.typed import words

MOST = 100  # of those outside: more are found by their names


class Inside(NamedTuple):
    """An offer, and whether members see it."""

    offer_id: int
    name: str
    is_seen: bool
    is_over: bool


_COLUMNS = f"""SELECT o.id AS offer_id, o.name, (t.is_shown AND o.is_active) AS is_seen,
    {IS_OVER} AS is_over FROM member_terms t JOIN offer o ON o.id = t.offer_id"""
_INSIDE = Statement(
    f"""{_COLUMNS} JOIN collection_offer p ON p.terms_id = t.id WHERE p.collection_id = :collection
    ORDER BY p.position, p.id""",
    row=Inside,
)
_OUTSIDE = """t.partner_id = :partner AND NOT EXISTS
    (SELECT 1 FROM collection_offer p WHERE p.terms_id = t.id AND p.collection_id = :collection)"""


def offers(collection: Collection) -> list[Inside]:
    """Its offers in their order."""
    return _INSIDE.rows(collection=collection.id, now=clock.micros())


def others(collection: Collection, text: str = "") -> tuple[list[Inside], bool]:
    """The partner's other offers for members by their names, those that have the words, and whether there are more."""
    named, given = words.condition(text, ("o.name",)) if text else ("", {})
    conditions = (_OUTSIDE, named) if named else (_OUTSIDE,)
    asked = {
        "partner": collection.partner_id,
        "collection": collection.id,
        "now": clock.micros(),
        "most": MOST + 1,
        **given,
    }
    found = key_pages.statement(_COLUMNS, conditions, "ORDER BY o.name_key, o.id LIMIT :most", Inside).rows(**asked)
    return found[:MOST], len(found) > MOST
