"""What clicks tell of a customer, as their page and their data do: which offers' addresses they opened, and which codes were drawn
for them. `feed_ties` imports it."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.members import elsewhere
from portal.domain.members.elsewhere import Teller, Told
from portal.domain.members.tables import Member
from portal.domain.sentences import say


class _Clicked(NamedTuple):
    uuid: str
    name: str
    at: int


class _Drawn(NamedTuple):
    coupon_id: int
    code: str
    name: str
    drawn_at: int
    returned_at: int | None


_HAS_ANY = Statement(
    """SELECT EXISTS (SELECT 1 FROM member_click WHERE member_id = :member)
    OR EXISTS (SELECT 1 FROM drawn_code WHERE member_id = :member AND member_id IS NOT NULL)"""
)
_CLICKED = Statement(
    """SELECT o.uuid, o.name, k.at FROM member_click k JOIN offer o ON o.id = k.offer_id WHERE k.member_id = :member
    ORDER BY k.at DESC, k.id DESC LIMIT :most""",
    _Clicked,
)
_DRAWN = Statement(
    """SELECT c.id AS coupon_id, c.written AS code, o.name, d.drawn_at, d.returned_at FROM drawn_code d
    JOIN coupon c ON c.id = d.coupon_id JOIN feed_listing l ON l.id = d.listing_id JOIN offer o ON o.id = l.offer_id
    WHERE d.member_id = :member AND d.member_id IS NOT NULL ORDER BY d.id DESC LIMIT :most""",
    _Drawn,
)


def has_any(member: Member) -> bool:
    """Whether a click of theirs is known, or a code that one drew."""
    return bool(_HAS_ANY.value(member=member.id))


def tell(member: Member, most: int) -> list[Told]:
    """What they opened, then what was drawn for them, the newest of each."""
    drawn = [_drawn(row) for row in _DRAWN.rows(member=member.id, most=most)]
    return [*(_clicked(row) for row in _CLICKED.rows(member=member.id, most=most)), *drawn]


def _clicked(row: _Clicked) -> Told:
    return Told("", [("offer", row.uuid, row.name)], [(say("Opened the offer’s address"), clock.from_micros(row.at))])


def _drawn(row: _Drawn) -> Told:
    done: list[tuple[str, datetime]] = [(say("Drawn for this customer by a click"), clock.from_micros(row.drawn_at))]
    if row.returned_at is not None:
        done.append((say("Given back: it was not used"), clock.from_micros(row.returned_at)))
    return Told(row.name, [("coupon", str(row.coupon_id), row.code)], done)


elsewhere.tellers.append(Teller("clicks", say("Clicks"), has_any, tell))
