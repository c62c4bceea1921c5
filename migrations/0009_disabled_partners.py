"""Partners that the operator keeps out; mail is looked through by state and by receiver. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("partner", "disabled_at", "BIGINT")]
INDEXES = {"mail_state_id": '"state", "id"', "mail_to_id": '"to", "id"'}


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    for name, columns in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON "mail" ({columns})')


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f'DROP INDEX "{name}"')
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
