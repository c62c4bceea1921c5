"""The language that a person reads, and the one that a partner's people read while they chose none. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("partner", "language", "VARCHAR(8)"), ("person", "language", "VARCHAR(8)")]


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def down(migrator, db):
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
