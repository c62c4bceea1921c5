"""A client token that took the place of another is the same program's. Frozen."""

from peewee import BigAutoField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class ClientToken(Frozen):
    id = BigAutoField()


class ClientLineage(Frozen):
    token = ForeignKeyField(ClientToken, primary_key=True, on_delete="CASCADE", backref="+")
    first = ForeignKeyField(ClientToken, index=False, on_delete="CASCADE", backref="+")


def up(migrator, db):
    with db.bind_ctx([ClientToken, ClientLineage]):
        db.create_tables([ClientLineage])


def down(migrator, db):
    with db.bind_ctx([ClientToken, ClientLineage]):
        db.drop_tables([ClientLineage])
