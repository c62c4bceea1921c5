"""Partners take turns at what waits for the worker: whose it is, and until when somebody works at it. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("picture", "lease_ends", "BIGINT"),
    ("mail", "share", "BIGINT NOT NULL DEFAULT 0"),
    ("mail", "lease_ends", "BIGINT"),
]
OLD = {
    name: f"CREATE INDEX {name} ON {table} (due_at) WHERE due_at IS NOT NULL"
    for table, name in (
        ("picture", "picture_due"),
        ("mail", "mail_due"),
        ("deal_import", "deal_import_due"),
        ("deal", "deal_due"),
    )
}
NEW = {
    name: f"CREATE INDEX {name} ON {table} ({whose}, due_at) WHERE due_at IS NOT NULL"
    for table, name, whose in (
        ("picture", "picture_due", "partner_id"),
        ("mail", "mail_due", "share"),
        ("deal_import", "deal_import_due", "partner_id"),
        ("deal", "deal_due", "partner_id"),
    )
} | {
    "picture_leased": "CREATE INDEX picture_leased ON picture (partner_id, lease_ends) WHERE lease_ends IS NOT NULL",
    "mail_leased": "CREATE INDEX mail_leased ON mail (share, lease_ends) WHERE lease_ends IS NOT NULL",
}


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    db.execute_sql("UPDATE mail SET share = partner_id WHERE partner_id IS NOT NULL")
    _replace(db, OLD, NEW)


def down(migrator, db):
    _replace(db, NEW, OLD)
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")


def _replace(db, present, wanted):
    for name in present:
        db.execute_sql(f"DROP INDEX {name}")
    for statement in wanted.values():
        db.execute_sql(statement)
