"""Reading batches: all of a partner's, and the codes of one in their order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.typed import words

_AT_ONCE = 1000
_LATE = timedelta(seconds=30)  # A piece takes less than a second.


class Made(NamedTuple):
    """A coupon of a batch."""

    id: int
    written: str
    uses: int
    ended_at: int | None


_EACH = Statement(
    """SELECT id, written, uses, ended_at FROM coupon WHERE batch_id = :batch AND id > :after ORDER BY id LIMIT :most""",
    Made,
)


class Listed(NamedTuple):
    """A batch in the list."""

    id: int
    uuid: str
    name: str
    prefix: str
    length: int
    wanted: int
    made: int
    state: str
    made_by: str
    off_at: int | None
    turning: str | None
    assigned_to: int | None
    created_at: int

    @property
    def created(self) -> datetime:
        """When it was asked for."""
        return clock.from_micros(self.created_at)


def page(partner_id: int, before: int | None = None, after: int | None = None, text: str = "") -> KeyPage:
    """Fifty of the partner's batches, newest first, each a Listed, whose names have the words of a text."""
    where = Conditions()
    where.add("partner_id = :partner", partner=partner_id)
    if text:
        named, given = words.condition(text, ("name",))
        where.add(named, **given)
    return key_pages.read(f"SELECT {', '.join(Listed._fields)} FROM coupon_batch", "id", where, Listed, before, after)


def each(batch: CouponBatch) -> Iterator[Made]:
    """Its coupons, read in portions."""
    last = 0
    while some := _EACH.rows(batch=batch.id, after=last, most=_AT_ONCE):
        yield from some
        last = some[-1].id


def waits_for_a_worker(batch: CouponBatch) -> bool:
    """Whether it is due and nobody has come for it: no worker runs."""
    return batch.due_at is not None and batch.due_at < clock.from_micros(clock.wall_micros()) - _LATE
