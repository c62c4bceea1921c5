"""Members take another mail address, and say whether their club may send them news. Frozen."""

_COLUMNS = {
    ("member", "messages_off_at"): "BIGINT",
    ("member_consent", "of_messages"): "BOOLEAN NOT NULL DEFAULT FALSE",
    ("member_consent", "withdrawn_at"): "BIGINT",
    ("asked_code", "moved_id"): "BIGINT REFERENCES member (id) ON DELETE CASCADE",
}


def up(migrator, db):
    for (table, name), type_ in _COLUMNS.items():
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {type_}")


def down(migrator, db):
    db.execute_sql("DELETE FROM asked_code WHERE moved_id IS NOT NULL")
    for table, name in _COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
