"""When a customer was here last.

An operation is not made dearer for it: the customers' rows catch up with their operations once in a while, at most once a day
each, and never say more than is true. Whoever asks for those not seen for long finds by the rows, and looks at the operations.
"""

from typing import NamedTuple

from portal.database import Statement, transaction
from portal.domain.keeping.ageing import mark_up_to, marked

# Numbers of operations grow with time: the last one that somebody did tells when, of `member m`.
SEEN = """(SELECT o.created_at FROM card_operation o WHERE o.member_id = m.id AND o.source <> 'system' ORDER BY o.id DESC LIMIT 1)"""
KEY = "m.seen_at, m.id"  # of a list of them
_LOOKED_AT = "seen customers"  # mark
_DAY, _MINUTE = 86_400_000_000, 60_000_000


class _Come(NamedTuple):
    member: int
    at: int


_LAST = Statement("SELECT MAX(id) FROM (SELECT id FROM card_operation WHERE id > :after ORDER BY id LIMIT :most) few")
# Of two that come at once the later number may have the earlier moment: hence the minute.
_COME = Statement(
    f"""SELECT o.member_id AS member, MAX(o.created_at) - {_MINUTE} AS at FROM card_operation o JOIN member m ON m.id = o.member_id
    WHERE o.id > :after AND o.id <= :last AND o.source <> 'system' AND m.seen_at < o.created_at - {_DAY}
    GROUP BY o.member_id ORDER BY o.member_id""",
    _Come,
)
_KEEP = Statement("UPDATE member SET seen_at = :at WHERE id = :member AND seen_at < :at")


def since(moment: str) -> str:
    """The condition on `member m` of not having been here since a parameter's moment, in microseconds."""
    return f"m.seen_at < {moment} AND COALESCE({SEEN}, m.created_at) < {moment}"


def catch_up(most: int = 500) -> int:
    """Note of some operations, in the order of their numbers, that their customers were here; nonzero while there may be more.
    One whose number is passed before it is there is made up for by the customer's next."""
    after = marked(_LOOKED_AT)
    last = _LAST.value(after=after, most=most)
    if last is None:
        return 0
    with transaction():
        for member, at in _COME.rows(after=after, last=last):
            _KEEP.run(member=member, at=at)
        mark_up_to(_LOOKED_AT, last)
    return most
