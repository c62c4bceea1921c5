"""People of a team have PINs by which they change places at a counter. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Membership(Frozen):
    id = BigAutoField()


class CounterPin(Frozen):
    id = BigAutoField()
    membership = ForeignKeyField(Membership, unique=True, on_delete="CASCADE", backref="+")
    pin_hash = CharField(200)
    set_at = BigIntegerField()


def up(migrator, db):
    with db.bind_ctx([Membership, CounterPin]):
        db.create_tables([CounterPin])


def down(migrator, db):
    with db.bind_ctx([Membership, CounterPin]):
        db.drop_tables([CounterPin])
