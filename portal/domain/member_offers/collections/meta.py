"""What a club's offers are sorted by: collections, stores and tags (contract: member-offers, `/offers/meta`)."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from portal.database import Statement
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.rows import IS_OVER, VISIBLE

_SEEN = f"t.scope = :scope AND {' AND '.join(VISIBLE)}"


class _Place(NamedTuple):
    id: int
    title: str
    description: str | None
    files: str
    offer_id: int | None
    is_seen: bool


class Shown(NamedTuple):
    """A collection, with the offers that whoever asks sees; `files` are JSON as it is kept."""

    id: int
    title: str
    description: str | None
    files: str
    offers: list[int]


class Meta(NamedTuple):
    """What there is to sort by."""

    tags: list[str]
    stores: list[str]
    collections: list[Shown]


class _Label(NamedTuple):
    kind: str
    name: str


_LABELS = Statement(
    f"""SELECT l.kind, MIN(l.name) AS name FROM offer_label l JOIN member_terms t ON t.id = l.terms_id
    JOIN offer o ON o.id = t.offer_id WHERE {_SEEN} GROUP BY l.kind, l.name_key ORDER BY l.kind, l.name_key""",
    row=_Label,
)
_FIRST_LABELS = Statement(
    f"""SELECT MIN(l.name) AS name FROM offer_label l JOIN member_terms t ON t.id = l.terms_id JOIN offer o ON o.id = t.offer_id
    WHERE l.partner_id = :partner AND l.kind = :kind AND {_SEEN} GROUP BY l.name_key ORDER BY l.name_key LIMIT :most"""
)
_OF_COLLECTIONS = """SELECT c.id, c.title, c.description, c.files, o.id AS offer_id, ({seen}) AS is_seen
    FROM collection c LEFT JOIN collection_offer p ON p.collection_id = c.id
    LEFT JOIN member_terms t ON t.id = p.terms_id LEFT JOIN offer o ON o.id = t.offer_id
    WHERE c.partner_id = :partner ORDER BY c.position, c.id, p.position, p.id"""
_PLACES = Statement(_OF_COLLECTIONS.format(seen=_SEEN), row=_Place)
_LASTING_PLACES = Statement(_OF_COLLECTIONS.format(seen=f"{_SEEN} AND NOT {IS_OVER}"), row=_Place)


def of(asking: Asking, scope: str) -> Meta:
    """Tags and stores of the offers that whoever asks sees in the scope, and the club's collections."""
    labels = _LABELS.rows(**_given(asking, scope))
    return Meta(_named(labels, "tag"), _named(labels, "store"), collections(asking, scope))


def collections(asking: Asking, scope: str) -> list[Shown]:
    """The club's collections. One whose offers are all hidden is hidden with them; one that is empty is there."""
    return _shown(_PLACES.rows(**_given(asking, scope)))


def lasting(asking: Asking, scope: str) -> list[Shown]:
    """The club's collections as `collections`, as if offers that have ended were hidden."""
    return _shown(_LASTING_PLACES.rows(**_given(asking, scope), now=asking.now))


def first_labels(asking: Asking, scope: str, kind: str, most: int) -> list[str]:
    """So many of the stores, or tags, by their names."""
    return _FIRST_LABELS.values(**_given(asking, scope), kind=kind, most=most)


def _given(asking: Asking, scope: str) -> dict[str, Any]:
    return {"partner": asking.partner_id, "scope": scope, "segments": asking.segments}


def _named(labels: list[_Label], kind: str) -> list[str]:
    return [label.name for label in labels if label.kind == kind]


def _shown(places: Iterable[_Place]) -> list[Shown]:
    shown = []
    for _, group in groupby(places, lambda place: place.id):
        found = list(group)
        head, seen = found[0], [place.offer_id for place in found if place.is_seen and place.offer_id is not None]
        if seen or head.offer_id is None:
            shown.append(Shown(head.id, head.title, head.description, head.files, seen))
    return shown
