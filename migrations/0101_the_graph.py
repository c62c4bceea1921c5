"""Which operation a push tells of; and what leads from a landing, a batch or a code back to its clicks and listings. Frozen."""

# As the worker finds it since: what was collected last before a card was told how little is missing.
_COLLECTED = """UPDATE push SET operation_id = (SELECT MAX(o.id) FROM card_entry e JOIN card_operation o ON o.id = e.operation_id
        WHERE e.card_id = push.card_id AND e.field = 'uses' AND e.amount > 0 AND o.created_at <= push.created_at)
    WHERE card_id IS NOT NULL AND automatic_id IN (SELECT id FROM automatic_push WHERE kind = 'left')"""
_OLD = 'CREATE INDEX "click_landing_id" ON "click" ("landing_id")'


def up(migrator, db):
    db.execute_sql("ALTER TABLE push ADD COLUMN operation_id BIGINT REFERENCES card_operation (id)")
    db.execute_sql(_COLLECTED)
    db.execute_sql("CREATE INDEX push_of_operation ON push (operation_id, id) WHERE operation_id IS NOT NULL")
    db.execute_sql('DROP INDEX "click_landing_id"')
    db.execute_sql('CREATE INDEX "click_landing_id_id" ON "click" ("landing_id", "id")')
    db.execute_sql('CREATE INDEX "feed_pool_batch_id" ON "feed_pool" ("batch_id")')
    db.execute_sql(
        "CREATE INDEX feed_listing_with_code ON feed_listing (partner_id, UPPER(code)) WHERE code IS NOT NULL"
    )


def down(migrator, db):
    for name in ("feed_listing_with_code", "feed_pool_batch_id", "click_landing_id_id"):
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql(_OLD)
    db.execute_sql("DROP INDEX push_of_operation")
    db.execute_sql("ALTER TABLE push DROP COLUMN operation_id")
