"""What the feed shows: live listings by their place, and what changed since a moment. Prebuilt: programs ask again and again."""

import json
from typing import NamedTuple

from portal import clock
from portal.database import Statement

SLACK = 1_000_000  # microseconds: the Date of an answer is written after it was read, in whole seconds


class ListedRow(NamedTuple):
    """A listing with what it shows of its offer and partner. `logo` is the key of a picture; `changed_at` in microseconds."""

    id: int
    changed_at: int | None
    uuid: str
    is_live: bool
    partner: str
    logo: str | None
    age_restricted: bool
    terms: str | None
    title: str
    description: str | None
    image: str | None
    images: str
    square_image: str | None
    button_discount: str | None
    button_description: str | None
    code: str | None
    code_type: str

    @property
    def picture(self) -> str | None:
        """Its own picture, else the offer's first: it is chosen once for all faces of the offer."""
        return self.image or (json.loads(self.images)[0]["url"] if self.images != "[]" else None)


LIVE = """l.removed_at IS NULL AND o.is_active AND (o.catalog_id IS NULL OR (c.is_published AND c.archived_at IS NULL))
    AND (l.starts_at IS NULL OR l.starts_at <= :now) AND (l.ends_at IS NULL OR l.ends_at > :now)"""
OF_LISTINGS = """FROM feed_listing l JOIN offer o ON o.id = l.offer_id JOIN partner w ON w.id = l.partner_id
    LEFT JOIN catalog c ON c.id = o.catalog_id"""
_SHOWN = """w.name AS partner, w.logo, l.age_restricted, l.terms, COALESCE(l.title, o.name) AS title,
    COALESCE(l.description, o.description) AS description, l.image, o.images, l.square_image, l.button_discount,
    l.button_description, l.code, l.code_type"""
_ROWS = f"SELECT l.id, l.changed_at, o.uuid, ({LIVE}) AS is_live, {_SHOWN} {OF_LISTINGS}"
_OF_CATALOG = "AND o.catalog_id = :catalog"
_BY_PLACE = f"WHERE l.partner_id = :partner AND l.id > :after AND {LIVE} {{}} ORDER BY l.id LIMIT :most"
_BY_CHANGE = """WHERE l.partner_id = :partner AND (l.changed_at, l.id) > (:moment, :after) {} ORDER BY l.changed_at, l.id LIMIT :most"""
_LISTED, _LISTED_OF_CATALOG = (
    Statement(f"{_ROWS} {_BY_PLACE.format(narrowed)}", row=ListedRow) for narrowed in ("", _OF_CATALOG)
)
_CHANGED, _CHANGED_OF_CATALOG = (
    Statement(f"{_ROWS} {_BY_CHANGE.format(narrowed)}", row=ListedRow) for narrowed in ("", _OF_CATALOG)
)
_DEPARTED = Statement(
    f"""SELECT l.id, g.changed_at, o.uuid, FALSE AS is_live, {_SHOWN} {OF_LISTINGS} JOIN feed_departure g ON g.listing_id = l.id
    WHERE g.partner_id = :partner AND g.catalog_id = :catalog AND (g.changed_at, g.listing_id) > (:moment, :after)
    ORDER BY g.changed_at, g.listing_id LIMIT :most""",
    row=ListedRow,
)


def listed(partner_id: int, catalog_id: int | None, after: int, most: int) -> list[ListedRow]:
    """Live listings of the partner's after a place, of one catalog where it is given."""
    asked = {"partner": partner_id, "after": after, "most": most, "now": clock.micros()}
    return _LISTED.rows(**asked) if catalog_id is None else _LISTED_OF_CATALOG.rows(**asked, catalog=catalog_id)


def changed(partner_id: int, catalog_id: int | None, after: tuple[int, int], most: int) -> list[ListedRow]:
    """What changed after a moment and a place, whether it is live or gone; the longest unchanged first. An offer that went to
    another catalog is gone from this one."""
    asked = {"partner": partner_id, "moment": after[0], "after": after[1], "most": most}
    if catalog_id is None:
        return _CHANGED.rows(**asked, now=clock.micros())
    here = _CHANGED_OF_CATALOG.rows(**asked, catalog=catalog_id, now=clock.micros())
    departed = _DEPARTED.rows(**asked, catalog=catalog_id)
    return sorted([*here, *departed], key=lambda row: (row.changed_at, row.id))[:most]
