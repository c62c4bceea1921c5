"""The event log is closed in batches that hang on one another, and is searched by position. Frozen: models are copied here."""

from peewee import SQL, BigIntegerField, CharField, IntegerField, Model


class EventBatch(Model):
    number = IntegerField(primary_key=True)
    first_position = BigIntegerField()
    last_position = BigIntegerField()
    events = IntegerField()
    earliest_at = BigIntegerField()
    closed_at = BigIntegerField()
    content = CharField(64)
    previous = CharField(64)
    digest = CharField(64)
    dropped_at = BigIntegerField(null=True)

    class Meta:
        table_name = "event_batch"
        legacy_table_names = False


EventBatch.add_index(EventBatch.index(EventBatch.closed_at, name="event_batch_closed"))
EventBatch.add_index(EventBatch.index(EventBatch.number, where=SQL("dropped_at IS NULL"), name="event_batch_kept"))

# Before: every write of an event entered it into these without a position, and the worker once more with one.
OLD = {
    "event_by_position": "CREATE UNIQUE INDEX event_by_position ON event (position)",
    "event_partner_id_position": "CREATE INDEX event_partner_id_position ON event (partner_id, position)",
}
NEW = {
    "event_by_position": "CREATE UNIQUE INDEX event_by_position ON event (position) WHERE position IS NOT NULL",
    "event_of_partner": "CREATE INDEX event_of_partner ON event (partner_id, position) WHERE position IS NOT NULL",
    "event_of_type": "CREATE INDEX event_of_type ON event (partner_id, type, position) WHERE position IS NOT NULL",
    "event_of_actor": "CREATE INDEX event_of_actor ON event (partner_id, actor, type, position) WHERE position IS NOT NULL",
}


def up(migrator, db):
    with db.bind_ctx([EventBatch]):
        db.create_tables([EventBatch])
    _replace(db, OLD, NEW)


def down(migrator, db):
    _replace(db, NEW, OLD)
    with db.bind_ctx([EventBatch]):
        db.drop_tables([EventBatch])


def _replace(db, present, wanted):
    for name in present:
        db.execute_sql(f"DROP INDEX {name}")
    for statement in wanted.values():
        db.execute_sql(statement)
