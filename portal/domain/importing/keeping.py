"""The rows of imports are kept for thirty days; then they are removed, and the counts of the import stay."""

from datetime import timedelta

from peewee import Case, fn

from portal import clock
from portal.database import transaction
from portal.domain.importing.tables import Tables
from portal.domain.importing.words import CANCELED, CHECKED, MAPPING

ROWS_LAST = timedelta(days=30)


def forget_old(tables: Tables, most: int = 1000) -> int:
    """Remove rows of the oldest import past its thirty days; nonzero while there is more to do, and repeated until 0.

    One that nobody has confirmed by then is canceled.
    """
    imports = tables.imports
    over = imports.select(imports.id).where(imports.forget_at <= clock.wall_micros(), imports.due_at.is_null())
    old = over.order_by(imports.forget_at).first()
    if old is None:
        return 0
    with transaction():
        # Zero says that some rows may be gone already.
        if not _close(tables, old.id):
            return 1
        drop_text(tables, old.id)
        return _drop_rows(tables, old.id, most) or imports.update(forget_at=None).where(imports.id == old.id).execute()


def drop_text(tables: Tables, import_id: int) -> None:
    """Its text is not needed any more: its rows are read, or nobody will ask for them. In a transaction."""
    tables.texts.delete().where(tables.of(tables.texts, import_id)).execute()


def _close(tables: Tables, import_id: int) -> int:
    imports = tables.imports
    closed = imports.update(
        state=Case(None, [(imports.state.in_((MAPPING, CHECKED)), CANCELED)], imports.state),
        ended_at=fn.COALESCE(imports.ended_at, clock.micros()),
        forget_at=0,
    )
    return closed.where(imports.id == import_id, imports.due_at.is_null()).execute()


def _drop_rows(tables: Tables, import_id: int, most: int) -> int:
    rows = tables.rows
    some = rows.select(rows.id).where(tables.of(rows, import_id))
    some = some.order_by(getattr(rows, tables.owner), rows.line).limit(most)
    return rows.delete().where(rows.id.in_(some)).execute()
