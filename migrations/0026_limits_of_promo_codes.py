"""Promo codes have an end, a limit of uses, and are handed on. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("ends_at", "BIGINT"),
    ("uses_limit", "INTEGER CONSTRAINT promo_code_limit_is_one_use CHECK (uses_limit >= 1)"),
    ("uses", "INTEGER NOT NULL DEFAULT 0 CONSTRAINT promo_code_uses_not_negative CHECK (uses >= 0)"),
    ("handed_at", "BIGINT"),
]
COUNTED = """UPDATE promo_code SET uses = (SELECT COUNT(*) FROM deal d
    WHERE d.used_code_id = promo_code.id AND d.status <> 'Canceled')"""


def up(migrator, db):
    for name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE promo_code ADD COLUMN {name} {kind}")
    db.execute_sql(COUNTED)


def down(migrator, db):
    for name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE promo_code DROP COLUMN {name}")
