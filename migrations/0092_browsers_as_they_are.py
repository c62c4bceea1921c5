"""Of a browser that shows pushes nothing is kept that nobody reads: what its service answered stands with each recipient. Frozen."""

_COLUMNS = {"accepted_at": "BIGINT", "refusal": "TEXT"}


def up(migrator, db):
    for name in _COLUMNS:
        db.execute_sql(f"ALTER TABLE push_subscription DROP COLUMN {name}")


def down(migrator, db):
    for name, type_ in _COLUMNS.items():
        db.execute_sql(f"ALTER TABLE push_subscription ADD COLUMN {name} {type_}")
