"""What a list of coupons is narrowed by."""

from dataclasses import dataclass

from portal import clock
from portal.domain.coupons.coupons.standing import ACTIVE, OFF, STANDING
from portal.domain.lists.key_pages import Conditions
from portal.domain.typed import words
from portal.domain.typed.patterns import ESCAPE, as_it_is
from portal.domain.typed.texts import mended

_BY_SWITCH = {ACTIVE: "c.ended_at IS NULL", OFF: "c.ended_at IS NOT NULL"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Words of the name, or the beginning or end of the code; of a type; that stand so; with a tag; of a batch."""

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
        begins = as_it_is(mended(chosen.text))
        code = f"c.code LIKE :begins {ESCAPE} OR c.code LIKE :ends {ESCAPE}"
        where.add(f"({code} OR {named})", begins=begins, ends=f"%{begins[:-1]}", **given)
    if chosen.kind is not None:
        # Compared as it is, SQLite would parse the statement anew for each type: an index is of Auto coupons alone.
        where.add("c.kind = (:kind + 0)", kind=chosen.kind)
    if chosen.state in _BY_SWITCH:
        where.add(_BY_SWITCH[chosen.state])
    elif chosen.state:
        where.add(f"{STANDING} = :standing", standing=chosen.state, now=clock.micros())
    if chosen.tag is not None:
        where.add("c.id IN (SELECT l.coupon_id FROM tagged_coupon l WHERE l.tag_id = :tag)", tag=chosen.tag)
    if chosen.batch is not None:
        where.add("c.batch_id = :batch", batch=chosen.batch)
    return where
