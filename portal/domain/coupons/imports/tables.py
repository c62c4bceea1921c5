"""Imports of coupons: what was uploaded, its rows, and what became of each."""

from peewee import SQL, CharField, Check, ForeignKeyField, IntegerField, SmallIntegerField

from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.importing.tables import Import, ImportedRow, ImportText, Tables


class CouponImport(Import):
    """A file of coupons on its way in. Its type and amount are those of lines that say none. `undone` and `stayed` are rows of
    one that is undone."""

    kind = SmallIntegerField(null=True)
    amount = CharField(40, null=True)  # as it was typed
    amount_type = CharField(10, null=True)
    undone_by = CharField(64, null=True)
    undone = IntegerField(default=0)
    stayed = IntegerField(default=0)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check(
                "state IN ('mapping', 'reading', 'checking', 'checked', 'applying', 'done', 'canceled', 'undoing', 'undone')",
                "coupon_import_state_is_known",
            ),
            Check("done + failed <= new + changed", "coupon_import_does_what_is_good"),
            Check("undone + stayed <= done", "coupon_import_undoes_what_is_done"),
        ]


CouponImport.add_index(
    CouponImport.index(
        CouponImport.partner, CouponImport.due_at, where=SQL("due_at IS NOT NULL"), name="coupon_import_due"
    )
)
CouponImport.add_index(
    CouponImport.index(CouponImport.forget_at, where=SQL("forget_at IS NOT NULL"), name="coupon_import_kept")
)


class CouponImportText(ImportText):
    """The text of a file of coupons."""

    coupon_import = ForeignKeyField(CouponImport, primary_key=True, on_delete="CASCADE")


class CouponImportRow(ImportedRow):
    """A row of the file; `named` is its code as codes are compared. The coupon that it made is known, so that it can be undone."""

    coupon_import = ForeignKeyField(CouponImport, index=False, backref="rows", on_delete="CASCADE")
    coupon = ForeignKeyField(Coupon, null=True, index=False, on_delete="SET NULL", backref="+")

    class Meta:
        indexes = (
            (("coupon_import", "line"), True),
            (("coupon_import", "state", "line"), False),
            (("coupon_import", "named", "line"), False),
        )
        constraints = [
            Check(
                "state IN ('waiting', 'new', 'changed', 'same', 'bad', 'done', 'failed', 'undone', 'stayed')",
                "coupon_import_row_state_is_known",
            )
        ]


CouponImportRow.add_index(
    CouponImportRow.index(
        CouponImportRow.coupon, where=SQL("coupon_id IS NOT NULL"), name="coupon_import_row_of_coupon"
    )
)
TABLES = Tables(CouponImport, CouponImportText, CouponImportRow, "coupon_import")
