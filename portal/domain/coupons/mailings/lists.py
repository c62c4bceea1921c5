"""Reading mailings: all of a partner's, and who got which code."""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal import clock
from portal.domain.coupons.mailings.tables import CouponMailing
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.typed import words

_LATE = timedelta(seconds=30)


class Listed(NamedTuple):
    """A mailing in the list."""

    id: int
    uuid: str
    name: str
    wanted: int
    mailed: int
    failed: int
    state: str
    made_by: str
    created_at: int

    @property
    def created(self) -> datetime:
        """When it was begun."""
        return clock.from_micros(self.created_at)


class Got(NamedTuple):
    """An address and its code; why it has not got it."""

    id: int
    mail: str
    written: str
    coupon_id: int
    uses: int
    state: str
    mailed_at: int | None
    error: str | None

    @property
    def mailed(self) -> datetime | None:
        """When its mail was written."""
        return None if self.mailed_at is None else clock.from_micros(self.mailed_at)


def page(partner_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the partner's mailings, newest first, each a Listed."""
    where = Conditions()
    where.add("partner_id = :partner", partner=partner_id)
    return key_pages.read(f"SELECT {', '.join(Listed._fields)} FROM coupon_mailing", "id", where, Listed, before, after)


def who_got(mailing: CouponMailing, text: str = "", before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of its addresses, each a Got, with the words of a text in the address or the code."""
    where = Conditions()
    where.add("m.mailing_id = :mailing", mailing=mailing.id)
    if text:
        named, given = words.condition(text, ("m.mail", "c.written"))
        where.add(named, **given)
    select = """SELECT m.id, m.mail, c.written, c.id AS coupon_id, c.uses, m.state, m.mailed_at, m.error
        FROM mailed_coupon m JOIN coupon c ON c.id = m.coupon_id"""
    return key_pages.read(select, "m.id", where, Got, before, after)


def waits_for_a_worker(mailing: CouponMailing) -> bool:
    """Whether it is due and nobody has come for it: no worker runs."""
    return mailing.due_at is not None and mailing.due_at < clock.from_micros(clock.wall_micros()) - _LATE


def waits_until(mailing: CouponMailing) -> datetime | None:
    """From when on its next mail may be written, where the bounds of today or of this hour are reached."""
    if mailing.due_at is None or mailing.lease_ends is not None:
        return None
    return mailing.due_at if mailing.due_at > clock.from_micros(clock.wall_micros()) else None
