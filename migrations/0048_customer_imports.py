"""Imports of customers and their cards from files. Frozen."""

from peewee import (
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


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class CardTemplate(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class Card(Frozen):
    id = BigAutoField()


class CardOperation(Frozen):
    id = BigAutoField()


class CardImport(Frozen):
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
    known = CharField(8)
    template = ForeignKeyField(CardTemplate, null=True, backref="+")
    undone = IntegerField()
    stayed = IntegerField()

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check(
                "state IN ('mapping', 'reading', 'checking', 'checked', 'applying', 'done', 'canceled', 'undoing', 'undone')",
                "card_import_state_is_known",
            ),
            Check("known IN ('update', 'skip')", "card_import_known_is_known"),
            Check("done + failed <= new + changed", "card_import_does_what_is_good"),
            Check("undone + stayed <= done", "card_import_undoes_what_is_done"),
        ]


class CardImportText(Frozen):
    card_import = ForeignKeyField(CardImport, primary_key=True, backref="+", on_delete="CASCADE")
    text = TextField()
    read_to = BigIntegerField()
    line = IntegerField()


class CardImportRow(Frozen):
    id = BigAutoField()
    line = IntegerField()
    cells = TextField()
    is_broken = BooleanField()
    state = CharField(16)
    named = CharField(255, null=True)
    errors = TextField(null=True)
    card_import = ForeignKeyField(CardImport, index=False, backref="+", on_delete="CASCADE")
    member = ForeignKeyField(Member, null=True, index=False, backref="+")
    made_member = BooleanField()
    left_at = BigIntegerField(null=True)
    card = ForeignKeyField(Card, null=True, index=False, backref="+")
    operation = ForeignKeyField(CardOperation, null=True, index=False, backref="+")

    class Meta:
        indexes = (
            (("card_import", "line"), True),
            (("card_import", "state", "line"), False),
        )
        constraints = [
            Check(
                "state IN ('waiting', 'new', 'changed', 'same', 'bad', 'done', 'failed', 'undone', 'stayed')",
                "card_import_row_state_is_known",
            )
        ]


class CardImportKey(Frozen):
    id = BigAutoField()
    card_import = ForeignKeyField(CardImport, index=False, backref="+", on_delete="CASCADE")
    of = BigIntegerField()
    key = CharField(300)
    line = IntegerField()

    class Meta:
        indexes = ((("key", "card_import", "line"), True), (("card_import", "line"), False))


OTHERS = [Partner, CardTemplate, Member, Card, CardOperation]
MADE = [CardImport, CardImportText, CardImportRow, CardImportKey]
INDEXES = (
    'CREATE INDEX "card_import_due" ON "card_import" ("partner_id", "due_at") WHERE due_at IS NOT NULL',
    'CREATE INDEX "card_import_kept" ON "card_import" ("forget_at") WHERE forget_at IS NOT NULL',
    'CREATE INDEX "card_import_row_of_member" ON "card_import_row" ("member_id") WHERE member_id IS NOT NULL',
)


def up(migrator, db):
    with db.bind_ctx(OTHERS + MADE):
        db.create_tables(MADE)
    for index in INDEXES:
        db.execute_sql(index)


def down(migrator, db):
    with db.bind_ctx(OTHERS + MADE):
        db.drop_tables(MADE)
