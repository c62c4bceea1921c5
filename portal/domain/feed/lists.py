"""A partner's listings, as people look through them."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.feed.reading import LIVE, OF_LISTINGS
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage


class Listed(NamedTuple):
    """A listing in the list; `clicks` since it is there."""

    id: int
    offer: str
    name: str
    catalog: str | None
    code_type: str
    is_live: bool
    clicks: int


_ROWS = f"""SELECT l.id, o.uuid AS offer, COALESCE(l.title, o.name) AS name, c.title AS catalog, l.code_type, ({LIVE}) AS is_live,
    COALESCE((SELECT SUM(k.clicks) FROM feed_clicks k WHERE k.listing_id = l.id), 0) AS clicks {OF_LISTINGS}"""
_CLICKS = Statement("SELECT COALESCE(SUM(clicks), 0) FROM feed_clicks WHERE listing_id = :listing")
_STANDS = Statement(f"SELECT l.id {OF_LISTINGS} WHERE l.id = :listing AND {LIVE}")


def page(partner_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's listings, newest first, each a Listed."""
    where = Conditions()
    where.add("l.partner_id = :partner AND l.removed_at IS NULL", partner=partner_id)
    where.given["now"] = clock.micros()
    return key_pages.read(_ROWS, "l.id", where, Listed, before, after)


def clicks(listing_id: int) -> int:
    """How many clicks programs have reported."""
    return _CLICKS.value(listing=listing_id)


def is_live(listing_id: int) -> bool:
    """Whether programs see it now."""
    return _STANDS.value(listing=listing_id, now=clock.micros()) is not None
