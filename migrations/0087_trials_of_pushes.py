"""A push that was tried on oneself says so, and who got one is kept for a while. Frozen."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE push ADD COLUMN is_trial BOOLEAN NOT NULL DEFAULT FALSE")
    db.execute_sql("ALTER TABLE push ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0")
    db.execute_sql("CREATE INDEX push_trial ON push (partner_id, id) WHERE is_trial")
    db.execute_sql("CREATE INDEX push_remembered ON push (partner_id, ended_at) WHERE forgotten < recipients")
    db.execute_sql(
        "CREATE INDEX push_subscription_refused ON push_subscription (refused_at) WHERE refused_at IS NOT NULL"
    )


def down(migrator, db):
    for name in ("push_subscription_refused", "push_remembered", "push_trial"):
        db.execute_sql(f"DROP INDEX {name}")
    for column in ("forgotten", "is_trial"):
        db.execute_sql(f"ALTER TABLE push DROP COLUMN {column}")
