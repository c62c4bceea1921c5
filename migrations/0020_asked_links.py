"""Links that somebody asked to have mailed; whose they are is looked up later. Frozen: models are copied here."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, Model


class AskedLink(Model):
    id = BigAutoField()
    mail = CharField(254)
    reason = CharField(16)
    in_known_browser = BooleanField()
    at = BigIntegerField()

    class Meta:
        table_name = "asked_link"
        legacy_table_names = False


def up(migrator, db):
    with db.bind_ctx([AskedLink]):
        db.create_tables([AskedLink])


def down(migrator, db):
    with db.bind_ctx([AskedLink]):
        db.drop_tables([AskedLink])
