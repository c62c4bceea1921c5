"""Coupons as people look through them: newest first, paged by key, with how each stands."""

from typing import NamedTuple

from portal import clock
from portal.domain.coupons.coupons.filters import Filter, where_of
from portal.domain.coupons.coupons.standing import STANDING
from portal.domain.coupons.coupons.tables import CouponTag
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import KeyPage, statement

MOST_COUNTED = 1000  # of a narrowed list: whether a coupon fits is asked of each
_SELECT = f"""SELECT c.id, c.written, c.name, c.kind, c.amount_type, c.amount, c.currency, c.budget, c.uses, c.spent,
    {STANDING} AS standing FROM coupon c"""


class CouponLine(NamedTuple):
    """A coupon of a list; sums are minor units of its currency, percentages hundredths."""

    id: int
    written: str
    name: str
    kind: int
    amount_type: str | None
    amount: int | None
    currency: str | None
    budget: int | None
    uses: int
    spent: int
    standing: str

    @property
    def budget_left(self) -> int | None:
        """What its uses may still take off together; None for without end."""
        return None if self.budget is None else max(self.budget - self.spent, 0)


def page(partner_id: int, chosen: Filter, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's coupons that are chosen, newest first."""
    where = where_of(partner_id, chosen)
    where.given |= {"now": clock.micros()}
    return key_pages.read(_SELECT, "c.id", where, CouponLine, before, after)


def count(partner_id: int, chosen: Filter) -> int:
    """How many are chosen; of a narrowed list at most `MOST_COUNTED` and one."""
    where = where_of(partner_id, chosen)
    if chosen == Filter():
        return statement("SELECT COUNT(*) FROM coupon c", tuple(where.texts), "").value(**where.given)
    some = where.first("SELECT c.id FROM coupon c", "ORDER BY c.id DESC LIMIT :most")
    return len(some.values(**where.given, most=MOST_COUNTED + 1))


def standing(coupon_id: int) -> str:
    """How one stands now."""
    return statement(f"SELECT {STANDING} FROM coupon c", ("c.id = :coupon",), "").value(
        coupon=coupon_id, now=clock.micros()
    )


def tags(partner_id: int) -> list[CouponTag]:
    """The partner's tags, in their order."""
    return list(CouponTag.select().where(CouponTag.partner == partner_id).order_by(CouponTag.name_key))
