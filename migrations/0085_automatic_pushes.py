"""What is sent by itself is looked for by the worker, each kind once a template. Frozen."""

_COLUMNS = ("due_at BIGINT", "lease_ends BIGINT", "attempts INTEGER NOT NULL DEFAULT 0", "looked_to BIGINT", "began_at BIGINT")


def up(migrator, db):
    for column in _COLUMNS:
        db.execute_sql(f"ALTER TABLE automatic_push ADD COLUMN {column}")
    db.execute_sql("DROP INDEX automatic_push_template_id_kind_number")
    db.execute_sql("CREATE UNIQUE INDEX automatic_push_template_id_kind ON automatic_push (template_id, kind)")
    db.execute_sql("CREATE INDEX automatic_push_due ON automatic_push (partner_id, due_at) WHERE due_at IS NOT NULL")
    db.execute_sql("CREATE INDEX push_of_automatic ON push (automatic_id, created_at) WHERE automatic_id IS NOT NULL")
    db.execute_sql(
        """CREATE INDEX card_by_installation ON card (template_id, installed_at) WHERE installed_at IS NOT NULL AND deleted_at IS NULL"""
    )


def down(migrator, db):
    for name in ("card_by_installation", "push_of_automatic", "automatic_push_due", "automatic_push_template_id_kind"):
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql(
        "CREATE INDEX automatic_push_template_id_kind_number ON automatic_push (template_id, kind, number)"
    )
    for column in reversed(_COLUMNS):
        db.execute_sql(f"ALTER TABLE automatic_push DROP COLUMN {column.split()[0]}")
