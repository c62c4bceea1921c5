"""Imports of deals from a file: what was uploaded, its rows, and what became of each."""

from peewee import SQL, Check, ForeignKeyField

from portal.domain.affiliate.deals.tables import Deal
from portal.domain.importing.tables import Import, ImportedRow, ImportText, Tables


class DealImport(Import):
    """A file of deals on its way in."""

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check(
                "state IN ('mapping', 'reading', 'checking', 'checked', 'applying', 'done', 'canceled')",
                "deal_import_state_is_known",
            ),
            Check("done + failed <= new + changed", "deal_import_does_what_is_good"),
        ]


DealImport.add_index(
    DealImport.index(DealImport.partner, DealImport.due_at, where=SQL("due_at IS NOT NULL"), name="deal_import_due")
)
DealImport.add_index(
    DealImport.index(DealImport.forget_at, where=SQL("forget_at IS NOT NULL"), name="deal_import_kept")
)


class ImportFile(ImportText):
    """The text of a file of deals."""

    deal_import = ForeignKeyField(DealImport, primary_key=True, on_delete="CASCADE")


class ImportRow(ImportedRow):
    """A row of the file; `named` is the deal's own id."""

    deal_import = ForeignKeyField(DealImport, index=False, backref="rows", on_delete="CASCADE")
    deal = ForeignKeyField(Deal, null=True, index=False)

    class Meta:
        indexes = (
            (("deal_import", "line"), True),
            (("deal_import", "named"), False),
            (("deal_import", "state", "line"), False),
        )
        constraints = [
            Check(
                "state IN ('waiting', 'new', 'changed', 'same', 'bad', 'done', 'failed')",
                "import_row_state_is_known",
            )
        ]


TABLES = Tables(DealImport, ImportFile, ImportRow, "deal_import")
