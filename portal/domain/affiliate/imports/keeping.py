"""The rows of imports are kept for thirty days; then they are removed, and the counts of the import stay."""

from portal import clock
from portal.database import Statement, transaction

_OVER = Statement("SELECT id FROM deal_import WHERE forget_at <= ? AND due_at IS NULL ORDER BY forget_at LIMIT 1")
_CLOSE = Statement(
    """UPDATE deal_import SET state = CASE WHEN state = 'done' THEN 'done' ELSE 'canceled' END,
        ended_at = COALESCE(ended_at, ?), forget_at = 0 WHERE id = ? AND due_at IS NULL"""
)
_DROP_FILE = Statement("DELETE FROM import_file WHERE deal_import_id = ?")
_DROP_ROWS = Statement(
    """DELETE FROM import_row
    WHERE id IN (SELECT id FROM import_row WHERE deal_import_id = ? ORDER BY deal_import_id, line LIMIT ?)"""
)
_FORGOTTEN = Statement("UPDATE deal_import SET forget_at = NULL WHERE id = ?")


def forget_old(most: int = 1000) -> int:
    """Remove rows of the oldest import past its thirty days; nonzero while there is more to do, and repeated until 0.

    One that nobody has confirmed by then is canceled.
    """
    row = _OVER.row(clock.wall_micros())
    if row is None:
        return 0
    with transaction():
        # Zero says that some rows may be gone already.
        if not _CLOSE.run(clock.micros(), row[0]):
            return 1
        _DROP_FILE.run(row[0])
        return _DROP_ROWS.run(row[0], most) or _FORGOTTEN.run(row[0])
