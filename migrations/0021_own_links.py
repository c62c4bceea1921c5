"""Promoters name their links, and merchants say where dead ones lead. Frozen: models are copied here."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"
        legacy_table_names = False


class Landing(Model):
    id = BigAutoField()

    class Meta:
        table_name = "landing"
        legacy_table_names = False


class Promotion(Model):
    id = BigAutoField()

    class Meta:
        table_name = "promotion"
        legacy_table_names = False


class OwnLink(Model):
    id = BigAutoField()
    slug = CharField(64, unique=True)
    written = CharField(64)
    promotion = ForeignKeyField(Promotion)
    landing = ForeignKeyField(Landing, null=True, index=False)
    page = TextField(null=True)
    subid = CharField(255, null=True)
    created_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "own_link"
        legacy_table_names = False


class FallbackPage(Model):
    partner = ForeignKeyField(Partner, primary_key=True)
    url = TextField()
    changed_at = BigIntegerField()

    class Meta:
        table_name = "fallback_page"
        legacy_table_names = False


NEW = [OwnLink, FallbackPage]


def up(migrator, db):
    with db.bind_ctx([Partner, Landing, Promotion, *NEW]):
        db.create_tables(NEW)


def down(migrator, db):
    with db.bind_ctx([Partner, Landing, Promotion, *NEW]):
        db.drop_tables(NEW)
