"""The coupons of a customer, as their page tells them: those drawn for them, and those they used."""

from datetime import datetime
from typing import Any, NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import money
from portal.domain.members import elsewhere
from portal.domain.members.elsewhere import Teller, Told
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class _Drawn(NamedTuple):
    id: int
    code: str
    name: str
    created_at: int
    ended_at: int | None


class _Used(NamedTuple):
    id: int
    coupon_id: int
    code: str
    name: str
    amount: int
    currency: str | None
    held_at: int
    settled_at: int | None
    state: str
    reservation_id: int | None
    event_id: int | None
    event: str | None
    deal: str | None
    deal_id: str | None


_HAS_ANY = Statement(
    """SELECT EXISTS (SELECT 1 FROM coupon WHERE member_id = :member AND member_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM coupon_use WHERE member_id = :member AND member_id IS NOT NULL)"""
)
_DRAWN = Statement(
    """SELECT id, written AS code, name, created_at, ended_at FROM coupon WHERE member_id = :member AND member_id IS NOT NULL
    ORDER BY id DESC LIMIT :most""",
    _Drawn,
)
_USED = Statement(
    """SELECT u.id, c.id AS coupon_id, c.written AS code, c.name, u.amount, u.currency, u.held_at, u.settled_at, u.state,
        u.reservation_id, e.id AS event_id, e.name AS event, d.uuid AS deal, d.deal_id
    FROM coupon_use u JOIN coupon c ON c.id = u.coupon_id LEFT JOIN ticketed_event e ON e.id = u.event_id
    LEFT JOIN coupon_deal t ON t.use_id = u.id LEFT JOIN deal d ON d.id = t.deal_id
    WHERE u.member_id = :member AND u.member_id IS NOT NULL ORDER BY u.held_at DESC, u.id DESC LIMIT :most""",
    _Used,
)


def has_any(member: Member) -> bool:
    """Whether there is a coupon of theirs, or one that they used."""
    return bool(_HAS_ANY.value(member=member.id))


def tell(member: Member, most: int) -> list[Told]:
    """What was drawn for them, then what they used, the newest of each."""
    drawn = [_drawn(row) for row in _DRAWN.rows(member=member.id, most=most)]
    return [*drawn, *(_used(row) for row in _USED.rows(member=member.id, most=most))]


def _drawn(row: _Drawn) -> Told:
    done: list[tuple[str, datetime]] = [(say("Drawn for this customer alone"), clock.from_micros(row.created_at))]
    if row.ended_at is not None:
        done.append((say("Switched off"), clock.from_micros(row.ended_at)))
    return Told(row.name, [("coupon", str(row.id), row.code)], done)


def _used(row: _Used) -> Told:
    things = [("coupon", str(row.coupon_id), row.code)]
    if row.reservation_id:
        things.append(("reservation", str(row.reservation_id), say("Reservation {number}", number=row.reservation_id)))
    if row.event_id and row.event:
        things.append(("ticketed event", str(row.event_id), row.event))
    if row.deal and row.deal_id:
        things.append(("deal", row.deal, row.deal_id))
    return Told(row.name, things, moments_of(row))


def moments_of(use: Any) -> list[tuple[str, datetime]]:
    """What was done with a use, in sentences with their moments."""
    off = f"{money.to_decimal(use.amount, use.currency):f} {use.currency}" if use.amount else ""
    held = say("Used: it took off {sum}", sum=off) if off else say("Used")
    done: list[tuple[str, datetime]] = [(held, clock.from_micros(use.held_at))]
    if use.state == "released" and use.settled_at is not None:
        done.append((say("Given back: it can be used once more"), clock.from_micros(use.settled_at)))
    return done


elsewhere.tellers.append(Teller("coupons", say("Coupons"), has_any, tell))
