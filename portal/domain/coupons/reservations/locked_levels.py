"""Price levels that are sold only to whom a coupon opens them (contract: coupons, `valid_reserve_price_level_ids`)."""

import json
from collections import Counter
from typing import NamedTuple

from portal.database import Statement
from portal.domain.coupons.reservations.held import Held, LineRow
from portal.domain.errors import Refused
from portal.domain.sentences import say


class _Locked(NamedTuple):
    line_id: int
    level_id: int
    name: str


class _Opened(NamedTuple):
    opens: str
    line_id: int
    tickets: int


_LOCKED = Statement(
    """SELECT l.id AS line_id, p.id AS level_id, p.name FROM reservation_line l
    LEFT JOIN bundle_level b ON b.bundle_id = l.bundle_id
    JOIN price_level p ON p.id = COALESCE(l.price_level_id, b.price_level_id)
    WHERE l.reservation_id = :reservation AND p.is_locked ORDER BY l.id, p.id""",
    _Locked,
)
_OPENED = Statement(
    """SELECT u.opens, l.line_id, l.tickets FROM coupon_use u JOIN coupon_use_line l ON l.use_id = u.id
    WHERE u.reservation_id = :reservation AND u.state <> 'released' AND u.opens <> '[]'""",
    _Opened,
)


def refuse(held: Held, lines: list[LineRow]) -> None:
    """Raises Refused while there is a ticket of a locked price level that no use of a coupon on the reservation opened."""
    still_locked = _LOCKED.rows(reservation=held.id)
    if not still_locked:
        return
    opened: Counter[tuple[int, int]] = Counter()
    for use in _OPENED.rows(reservation=held.id):
        for level_id in json.loads(use.opens):
            opened[use.line_id, level_id] += use.tickets
    quantities = {line.id: line.quantity for line in lines}
    for row in still_locked:
        if opened[row.line_id, row.level_id] < quantities[row.line_id]:
            sentence = say("Tickets of {level} are sold with a code only. Use one that opens them.", level=row.name)
            raise Refused(sentence, field="coupons")
