"""When a promoter's account was replaced by another one, and by whom, stands beside it. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("account_changed_at", "BIGINT"), ("account_changed_by", "VARCHAR(120)")]


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE payout_details ADD COLUMN {name} {kind}")


def down(migrator, db):
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE payout_details DROP COLUMN {name}")
