"""What a list of coupons is narrowed by."""

from dataclasses import dataclass

from portal.domain.lists.key_pages import Conditions
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE, as_it_is
from portal.domain.typed.texts import mended

ACTIVE, ENDED = "active", "ended"


@dataclass(frozen=True, slots=True)
class Filter:
    """Words of the name, or the beginning of the code; of a type; that can be used or not; with a tag; of a batch."""

    text: str = ""
    kind: int | None = None
    state: str = ""
    tag: int | None = None
    batch: int | None = None


def where_of(partner_id: int, chosen: Filter) -> Conditions:
    """The conditions of the filter, on `coupon c`."""
    where = Conditions()
    where.add("c.partner_id = :partner", partner=partner_id)
    if chosen.text:
        named, given = words.condition(chosen.text, ("c.name",))
        where.add(f"(c.code LIKE :begins {ESCAPE} OR {named})", begins=as_it_is(mended(chosen.text)), **given)
    if chosen.kind is not None:
        # Compared as it is, SQLite would parse the statement anew for each type: an index is of Auto coupons alone.
        where.add("c.kind = (:kind + 0)", kind=chosen.kind)
    if chosen.state:
        where.add("c.ended_at IS NULL" if chosen.state == ACTIVE else "c.ended_at IS NOT NULL")
    if chosen.tag is not None:
        where.add("c.id IN (SELECT l.coupon_id FROM tagged_coupon l WHERE l.tag_id = :tag)", tag=chosen.tag)
    if chosen.batch is not None:
        where.add("c.batch_id = :batch", batch=chosen.batch)
    return where
