"""A reservation as rules read it, and its row locked: whoever touches one holds it first, before offers, coupons and price levels."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.coupons.reservations.tables import HELD
from portal.domain.coupons.uses.amounts import Line
from portal.domain.errors import NotFound
from portal.domain.sentences import say


class Held(NamedTuple):
    """A reservation; moments are microseconds."""

    id: int
    partner_id: int
    listing_id: int
    event_id: int
    member_id: int | None
    currency: str
    tickets: int
    face: int
    discount: int
    state: str
    expires_at: int

    @property
    def has_run_out(self) -> bool:
        """Whether its time is over, though nobody has settled it yet."""
        return self.state == HELD and clock.has_passed(self.expires_at)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed, bought and let go."""
        return self.state == HELD and not clock.has_passed(self.expires_at)

    @property
    def left(self) -> int:
        """For how many seconds it is still held."""
        return seconds_left(self.expires_at)


class LineRow(NamedTuple):
    """A line of a reservation, and whether anything is used on the reservation."""

    id: int
    price_level_id: int | None
    bundle_id: int | None
    quantity: int
    price: int
    discount: int
    is_used: bool


class _Before(NamedTuple):
    line_id: int
    tickets: int
    amount: int


_COLUMNS = "id, partner_id, listing_id, event_id, member_id, currency, tickets, face, discount, state, expires_at"
_BY_ID = Statement(f"SELECT {_COLUMNS} FROM reservation WHERE id = :reservation", Held)
_LOCKED = Statement(_BY_ID.written, Held, lock="FOR UPDATE")
_BY_TOKEN = Statement(f"SELECT {_COLUMNS} FROM reservation WHERE token_digest = :digest", Held)
_LINES = Statement(
    """SELECT id, price_level_id, bundle_id, quantity, price, discount, EXISTS (SELECT 1 FROM coupon_use u
        WHERE u.reservation_id = :reservation AND u.state <> 'released') AS is_used
    FROM reservation_line WHERE reservation_id = :reservation ORDER BY id""",
    LineRow,
)
_BEFORE = Statement(
    """SELECT l.line_id, l.tickets, l.amount FROM coupon_use u JOIN coupon_use_line l ON l.use_id = u.id
    WHERE u.reservation_id = :reservation ORDER BY u.id, l.id""",
    _Before,
)


def seconds_left(expires_at: int) -> int:
    """How many seconds there are up to a moment (microseconds); 0 once it has passed."""
    return max(0, (expires_at - clock.micros()) // 1_000_000)


def seen(reservation_id: int) -> Held | None:
    """A reservation as it stands now, not locked."""
    return _BY_ID.row(reservation=reservation_id)


def of_token(digest: str) -> Held | None:
    """The reservation whose read-only token has the digest."""
    return _BY_TOKEN.row(digest=digest)


def locked(reservation_id: int) -> Held:
    """A reservation inside a transaction, its row locked. Raises NotFound."""
    held = _LOCKED.row(reservation=reservation_id)
    if held is None:
        raise NotFound(say("reservation"))
    return held


def lines(reservation_id: int) -> list[LineRow]:
    """Its lines, in their order."""
    return _LINES.rows(reservation=reservation_id)


def priced(reservation: Held, rows: list[LineRow]) -> list[Line]:
    """The same, with what its uses took off them before."""
    before: dict[int, list] = {}
    if reservation.discount:
        for line_id, tickets, amount in _BEFORE.rows(reservation=reservation.id):
            before.setdefault(line_id, []).append((tickets, amount))
    return [Line(row.id, row.price, row.quantity, tuple(before.get(row.id, ()))) for row in rows]
