"""A push of somebody's that nobody got waits in the inbox until it was seen. Frozen."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE push ADD COLUMN noted_at BIGINT")
    db.execute_sql("UPDATE push SET noted_at = ended_at WHERE state = 'failed'")
    db.execute_sql(
        """CREATE INDEX push_failed ON push (partner_id, id) WHERE state = 'failed' AND kind = 'manual' AND noted_at IS NULL"""
    )
    db.execute_sql("CREATE INDEX push_by_kind ON push (partner_id, kind, id)")


def down(migrator, db):
    db.execute_sql("DROP INDEX push_by_kind")
    db.execute_sql("DROP INDEX push_failed")
    db.execute_sql("ALTER TABLE push DROP COLUMN noted_at")
