"""Payouts are recorded first and sent later; those that stand were told as paid. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("payout", "sent_at", "BIGINT"),
    ("payout", "reference", "VARCHAR(120) CONSTRAINT payout_reference_is_of_a_sent_one CHECK (reference IS NULL OR sent_at IS NOT NULL)"),
    ("payout_run", "file_taken_at", "BIGINT"),
]  # fmt: skip
SIDES = ("merchant_id", "promoter_id")


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    db.execute_sql('UPDATE payout SET sent_at = "at"')
    for side in SIDES:
        db.execute_sql(f'CREATE INDEX "payout_{side}_sent_at" ON "payout" ("{side}", "sent_at")')


def down(migrator, db):
    for side in SIDES:
        db.execute_sql(f'DROP INDEX "payout_{side}_sent_at"')
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
