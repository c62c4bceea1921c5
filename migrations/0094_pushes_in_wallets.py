"""A push is told in wallets as well: which channel answered, and what the pass of a card says of it. Frozen."""

_OLD, _NEW = "push_attempt_recipient_id_subscription", "push_attempt_recipient_id_channel_subscription"
_CHANNEL = """VARCHAR(7) NOT NULL DEFAULT 'browser' CONSTRAINT push_attempt_channel_is_known
    CHECK (channel IN ('browser', 'apple', 'google'))"""


def up(migrator, db):
    db.execute_sql(f"ALTER TABLE push_attempt ADD COLUMN channel {_CHANNEL}")
    db.execute_sql(f"DROP INDEX {_OLD}")
    db.execute_sql(f"CREATE UNIQUE INDEX {_NEW} ON push_attempt (recipient_id, channel, subscription)")
    db.execute_sql(
        "ALTER TABLE wallet_holding ADD COLUMN push_id BIGINT REFERENCES push (id) ON DELETE SET NULL"
    )
    db.execute_sql("ALTER TABLE wallet_holding ADD COLUMN pushed_at BIGINT")
    db.execute_sql("CREATE INDEX wallet_holding_of_push ON wallet_holding (push_id) WHERE push_id IS NOT NULL")


def down(migrator, db):
    db.execute_sql("DROP INDEX wallet_holding_of_push")
    db.execute_sql("ALTER TABLE wallet_holding DROP COLUMN pushed_at")
    db.execute_sql("ALTER TABLE wallet_holding DROP COLUMN push_id")
    db.execute_sql("DELETE FROM push_attempt WHERE channel <> 'browser'")
    db.execute_sql(f"DROP INDEX {_NEW}")
    db.execute_sql("ALTER TABLE push_attempt DROP COLUMN channel")
    db.execute_sql(f"CREATE UNIQUE INDEX {_OLD} ON push_attempt (recipient_id, subscription)")
