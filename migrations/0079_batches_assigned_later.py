"""Coupons of a batch come under an assignment after they were made, piece by piece. Frozen."""

COLUMNS = [("assigned", "INTEGER NOT NULL DEFAULT 0"), ("assigned_to", "BIGINT")]


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE coupon_batch ADD COLUMN {name} {kind}")


def down(migrator, db):
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE coupon_batch DROP COLUMN {name}")
