"""Origins of web pages whose scripts may ask the open parts of the API. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class BrowserOrigin(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    origin = CharField(255)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "origin"), True), (("origin",), False))


TABLES = [BrowserOrigin]


def up(migrator, db):
    with db.bind_ctx([Partner, *TABLES]):
        db.create_tables(TABLES)


def down(migrator, db):
    with db.bind_ctx([Partner, *TABLES]):
        db.drop_tables(TABLES)
