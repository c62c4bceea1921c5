"""What was booked, as it is read to take it back."""

from portal.database import Statement
from portal.domain.cards.operations import events
from portal.domain.cards.operations.rows import Entry, Operation
from portal.domain.cards.operations.undoing import Before

_COLUMNS = ", ".join(Operation._fields)
OF_PARTNER = Statement(
    f"SELECT {_COLUMNS} FROM card_operation WHERE id = :operation AND partner_id = :partner", Operation
)
BY_ID = Statement(f"SELECT {_COLUMNS} FROM card_operation WHERE id = :operation", Operation)
ENTRIES = Statement(
    "SELECT field, amount, before, after FROM card_entry WHERE operation_id = :operation ORDER BY id", Entry
)
IS_REVERSED = Statement("SELECT 1 FROM card_operation WHERE reverses_id = :operation")
_PARTS = Statement(
    """SELECT COALESCE(SUM(amount), 0) AS amount, COALESCE(SUM(purchase_sum), 0) AS money FROM card_operation
    WHERE takes_back_id = :operation"""
)
_PARTS_BY_FIELD = Statement(
    """SELECT e.field, SUM(e.amount) AS amount FROM card_operation o JOIN card_entry e ON e.operation_id = o.id
    WHERE o.takes_back_id = :operation GROUP BY e.field"""
)
IS_TAKEN_BACK = Statement("SELECT 1 FROM card_operation WHERE takes_back_id = :operation LIMIT 1")
_STANDS = "o.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM card_operation r WHERE r.reverses_id = o.id)"
_LATEST = Statement(
    f"""UPDATE card SET last_stamp_at = (SELECT MAX(o.created_at) FROM card_operation o
            WHERE o.card_id = :card AND o.field = 'uses' AND o.amount > 0 AND {_STANDS}),
        last_reward_at = (SELECT MAX(o.created_at) FROM card_operation o
            LEFT JOIN card_entry e ON e.operation_id = o.id AND e.field = 'rewards'
            WHERE o.card_id = :card AND (e.amount > 0 OR o.event IN :taken) AND {_STANDS}),
        last_redeemed_at = (SELECT MAX(o.created_at) FROM card_operation o
            WHERE o.card_id = :card AND o.event IN :handed_out AND {_STANDS})
    WHERE id = :card"""
)


def before(operation_id: int) -> Before:
    """What earlier parts of a credit took back."""
    amount, money = _PARTS.rows(operation=operation_id)[0]
    fields = {field: int(amount) for field, amount in _PARTS_BY_FIELD.rows(operation=operation_id)}
    return Before(int(amount), int(money), fields)


def tell_latest(card_id: int) -> None:
    """Once something was undone: when the card last got a stamp, a reward, and handed one out."""
    _LATEST.run(
        card=card_id, taken=events.EARNED_WHEN_TAKEN, handed_out=(events.REWARDS_TAKEN, *events.EARNED_WHEN_TAKEN)
    )
