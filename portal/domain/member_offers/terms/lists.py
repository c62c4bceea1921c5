"""A club's offers, as its partner looks through them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.member_offers.rows import IS_OVER
from portal.domain.typed import words

SHOWN, HIDDEN, ENDED = "shown", "hidden", "ended"
_FROM = "FROM member_terms t JOIN offer o ON o.id = t.offer_id"
_STATES = {
    SHOWN: f"t.is_shown AND o.is_active AND NOT {IS_OVER}",
    HIDDEN: "NOT (t.is_shown AND o.is_active)",
    ENDED: IS_OVER,
}
_ROWS = f"""SELECT t.id, o.id AS offer_id, o.name, t.scope, t.type, (t.is_shown AND o.is_active) AS is_seen, {IS_OVER} AS is_over,
    t.uses, t.global_limit, c.title AS catalog {_FROM} LEFT JOIN catalog c ON c.id = o.catalog_id"""
_LIKES = Statement("SELECT COUNT(*) FROM offer_member WHERE terms_id = :terms AND liked_at IS NOT NULL")


class Listed(NamedTuple):
    """An offer in the list; `uses` of all members."""

    id: int
    offer_id: int
    name: str
    scope: str
    type: str
    is_seen: bool
    is_over: bool
    uses: int
    global_limit: int | None
    catalog: str | None


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty texts leave it open."""

    text: str = ""
    state: str = ""
    scope: str = ""
    type: str = ""
    collection: int = 0


def page(partner_id: int, wanted: Wanted, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's offers for members, newest first, each a Listed."""
    where = _where(partner_id, wanted)
    where.given["now"] = clock.micros()
    return key_pages.read(_ROWS, "t.id", where, Listed, before, after)


def count(partner_id: int, wanted: Wanted) -> int:
    """How many there are."""
    where = _where(partner_id, wanted)
    found: Statement[Any] = where.every(f"SELECT COUNT(*) {_FROM}", "")
    return found.value(**where.given)


def likes(terms_id: int) -> int:
    """How many members like the offer."""
    return _LIKES.value(terms=terms_id)


def _where(partner_id: int, wanted: Wanted) -> Conditions:
    where = Conditions()
    where.add("t.partner_id = :partner", partner=partner_id)
    if wanted.state:
        where.add(_STATES[wanted.state], **({} if wanted.state == HIDDEN else {"now": clock.micros()}))
    if wanted.scope:
        where.add("t.scope = :scope", scope=wanted.scope)
    if wanted.type:
        where.add("t.type = :type", type=wanted.type)
    if wanted.collection:
        inside = "SELECT 1 FROM collection_offer l WHERE l.terms_id = t.id AND l.collection_id = :collection"
        where.add(f"EXISTS ({inside})", collection=wanted.collection)
    if wanted.text:
        named, given = words.condition(wanted.text, ("o.name",))
        where.add(named, **given)
    return where
