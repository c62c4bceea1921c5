"""Imports of deals from files. Frozen: models are copied here."""

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
    TextField,
)


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"


class Deal(Model):
    id = BigAutoField()

    class Meta:
        table_name = "deal"


class DealImport(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    actor = CharField(64)
    confirmed_by = CharField(64, null=True)
    file_name = CharField(255)
    separator = CharField(1)
    head = TextField()
    mapping = TextField()
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

    class Meta:
        table_name = "deal_import"
        legacy_table_names = False
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check(
                "state IN ('mapping', 'reading', 'checking', 'checked', 'applying', 'done', 'canceled')",
                "deal_import_state_is_known",
            ),
            Check("done + failed <= new + changed", "deal_import_does_what_is_good"),
        ]


DealImport.add_index(DealImport.index(DealImport.due_at, where=SQL("due_at IS NOT NULL"), name="deal_import_due"))
DealImport.add_index(
    DealImport.index(DealImport.forget_at, where=SQL("forget_at IS NOT NULL"), name="deal_import_kept")
)


class ImportFile(Model):
    deal_import = ForeignKeyField(DealImport, backref="+", primary_key=True, on_delete="CASCADE")
    text = TextField()
    read_to = BigIntegerField()
    line = IntegerField()

    class Meta:
        table_name = "import_file"
        legacy_table_names = False


class ImportRow(Model):
    id = BigAutoField()
    deal_import = ForeignKeyField(DealImport, backref="+", index=False, on_delete="CASCADE")
    line = IntegerField()
    cells = TextField()
    is_broken = BooleanField()
    state = CharField(16)
    named = CharField(255, null=True)
    errors = TextField(null=True)
    deal = ForeignKeyField(Deal, backref="+", null=True, index=False)

    class Meta:
        table_name = "import_row"
        legacy_table_names = False
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


TABLES = [DealImport, ImportFile, ImportRow]


def up(migrator, db):
    with db.bind_ctx([Partner, Deal, *TABLES]):
        db.create_tables(TABLES)


def down(migrator, db):
    with db.bind_ctx([Partner, Deal, *TABLES]):
        db.drop_tables(TABLES)
