"""Imports of coupons from files. Frozen."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    TextField,
)


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Coupon(Frozen):
    id = BigAutoField()


class CouponImport(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    actor = CharField(64)
    confirmed_by = CharField(64, null=True)
    file_name = CharField(255)
    separator = CharField(1)
    head = TextField()
    mapping = TextField()
    decimal_sign = CharField(1, null=True)
    found_sign = CharField(1, null=True)
    letters = CharField(16, null=True)
    state = CharField(16)
    total = IntegerField()
    checked = IntegerField()
    checked_line = IntegerField()
    new = IntegerField()
    changed = IntegerField()
    same = IntegerField()
    bad = IntegerField()
    done = IntegerField()
    failed = IntegerField()
    due_at = BigIntegerField(null=True)
    forget_at = BigIntegerField(null=True)
    created_at = BigIntegerField()
    confirmed_at = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)
    kind = SmallIntegerField(null=True)
    amount = CharField(40, null=True)
    amount_type = CharField(10, null=True)
    undone_by = CharField(64, null=True)
    undone = IntegerField()
    stayed = IntegerField()

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


class CouponImportText(Frozen):
    coupon_import = ForeignKeyField(CouponImport, primary_key=True, backref="+", on_delete="CASCADE")
    text = TextField()
    read_to = BigIntegerField()
    line = IntegerField()


class CouponImportRow(Frozen):
    id = BigAutoField()
    line = IntegerField()
    cells = TextField()
    is_broken = BooleanField()
    state = CharField(16)
    named = CharField(255, null=True)
    errors = TextField(null=True)
    coupon_import = ForeignKeyField(CouponImport, index=False, backref="+", on_delete="CASCADE")
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


for _model, _column, _name in (
    (CouponImport, CouponImport.forget_at, "coupon_import_kept"),
    (CouponImportRow, CouponImportRow.coupon, "coupon_import_row_of_coupon"),
):
    _model.add_index(_model.index(_column, where=SQL(f"{_column.column_name} IS NOT NULL"), name=_name))
CouponImport.add_index(
    CouponImport.index(
        CouponImport.partner, CouponImport.due_at, where=SQL("due_at IS NOT NULL"), name="coupon_import_due"
    )
)
OLDER = (Partner, Coupon)
NEW = (CouponImport, CouponImportText, CouponImportRow)


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)


def down(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
