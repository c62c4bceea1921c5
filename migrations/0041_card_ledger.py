"""What ends of a card by itself, what an operation took back, received or counted by, and what was used of lots. Frozen."""

from peewee import BigAutoField, BigIntegerField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class CardLot(Frozen):
    id = BigAutoField()


class CardOperation(Frozen):
    id = BigAutoField()


class CardLotUse(Frozen):
    id = BigAutoField()
    lot = ForeignKeyField(CardLot, backref="+")
    operation = ForeignKeyField(CardOperation, backref="+")
    amount = BigIntegerField()


TABLES = (CardLot, CardOperation, CardLotUse)
# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("card", "due_at", "BIGINT"),
    ("card_operation", "takes_back_id", "BIGINT REFERENCES card_operation (id)"),
    ("card_operation", "reward_tier_id", "BIGINT REFERENCES reward_tier (id)"),
    ("card_operation", "step", "BIGINT"),
    ("card_operation", "step_gives", "INTEGER"),
]
INDEXES = {
    "card_due": '"card" ("partner_id", "due_at") WHERE due_at IS NOT NULL AND deleted_at IS NULL',
    "card_operation_taken_back": '"card_operation" ("takes_back_id") WHERE takes_back_id IS NOT NULL',
}


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    for name, columns in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON {columns}')
    db.execute_sql("UPDATE card SET due_at = tier_next_at")
    with db.bind_ctx(TABLES):
        db.create_tables([CardLotUse])


def down(migrator, db):
    with db.bind_ctx(TABLES):
        db.drop_tables([CardLotUse])
    for name in INDEXES:
        db.execute_sql(f'DROP INDEX "{name}"')
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
