"""Counters of guesses at passwords and codes. Frozen: models are copied here."""

from peewee import BigIntegerField, Model


class Guess(Model):
    id = BigIntegerField(primary_key=True)
    quiet_at = BigIntegerField(index=True)

    class Meta:
        table_name = "guess"
        legacy_table_names = False


def up(migrator, db):
    with db.bind_ctx([Guess]):
        db.create_tables([Guess])


def down(migrator, db):
    with db.bind_ctx([Guess]):
        db.drop_tables([Guess])
