"""What people see of a reservation: its lines by name, with what each coupon takes off them."""

from typing import NamedTuple

from portal.database import Statement


class Part(NamedTuple):
    """What a coupon takes off a line, for how many of its tickets."""

    line_id: int
    coupon_id: int
    written: str
    tickets: int
    amount: int


class ShownLine(NamedTuple):
    """A line by the name of its price level or bundle; sums are minor units."""

    id: int
    name: str
    price_level_id: int | None
    bundle_id: int | None
    quantity: int
    price: int
    discount: int

    @property
    def face(self) -> int:
        """Before any coupon."""
        return self.price * self.quantity

    @property
    def total(self) -> int:
        """What is left to pay."""
        return self.face - self.discount


_LINES = Statement(
    """SELECT l.id, COALESCE(p.name, b.name) AS name, l.price_level_id, l.bundle_id, l.quantity, l.price, l.discount
    FROM reservation_line l LEFT JOIN price_level p ON p.id = l.price_level_id LEFT JOIN bundle b ON b.id = l.bundle_id
    WHERE l.reservation_id = :reservation ORDER BY l.id""",
    ShownLine,
)
_PARTS = Statement(
    """SELECT n.line_id, u.coupon_id, c.written, n.tickets, n.amount FROM coupon_use u
    JOIN coupon_use_line n ON n.use_id = u.id JOIN coupon c ON c.id = u.coupon_id
    WHERE u.reservation_id = :reservation AND n.amount > 0 ORDER BY u.id, n.id""",
    Part,
)


def lines(reservation_id: int) -> list[ShownLine]:
    """Its lines, in their order."""
    return _LINES.rows(reservation=reservation_id)


def parts(reservation_id: int) -> dict[int, list[Part]]:
    """What coupons take off, by line."""
    found: dict[int, list[Part]] = {}
    for part in _PARTS.rows(reservation=reservation_id):
        found.setdefault(part.line_id, []).append(part)
    return found
