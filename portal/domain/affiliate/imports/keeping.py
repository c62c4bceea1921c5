"""The rows of imports are kept for thirty days; then they are removed, and the counts of the import stay."""

from datetime import timedelta

from peewee import Case, fn

from portal import clock
from portal.database import transaction
from portal.domain.affiliate.imports.tables import DealImport, ImportFile, ImportRow
from portal.domain.affiliate.imports.words import CANCELED, DONE

ROWS_LAST = timedelta(days=30)


def forget_old(most: int = 1000) -> int:
    """Remove rows of the oldest import past its thirty days; nonzero while there is more to do, and repeated until 0.

    One that nobody has confirmed by then is canceled.
    """
    over = DealImport.select(DealImport.id).where(
        DealImport.forget_at <= clock.wall_micros(), DealImport.due_at.is_null()
    )
    old = over.order_by(DealImport.forget_at).first()
    if old is None:
        return 0
    with transaction():
        # Zero says that some rows may be gone already.
        if not _close(old.id):
            return 1
        drop_file(old.id)
        return _drop_rows(old.id, most) or DealImport.update(forget_at=None).where(DealImport.id == old.id).execute()


def drop_file(import_id: int) -> None:
    """Its text is not needed any more: its rows are read, or nobody will ask for them. In a transaction."""
    ImportFile.delete().where(ImportFile.deal_import == import_id).execute()


def _close(import_id: int) -> int:
    closed = DealImport.update(
        state=Case(None, [(DealImport.state == DONE, DONE)], CANCELED),
        ended_at=fn.COALESCE(DealImport.ended_at, clock.micros()),
        forget_at=0,
    )
    return closed.where(DealImport.id == import_id, DealImport.due_at.is_null()).execute()


def _drop_rows(import_id: int, most: int) -> int:
    some = ImportRow.select(ImportRow.id).where(ImportRow.deal_import == import_id)
    some = some.order_by(ImportRow.deal_import, ImportRow.line).limit(most)
    return ImportRow.delete().where(ImportRow.id.in_(some)).execute()
