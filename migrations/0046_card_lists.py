"""What few of a partner's cards are, is found by an index of its own; cards that people asked for by a form. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class CardTemplate(Frozen):
    id = BigAutoField()


class Card(Frozen):
    id = BigAutoField()


class AskedCard(Frozen):
    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, on_delete="CASCADE", backref="+")
    referred_by = ForeignKeyField(Card, null=True, on_delete="CASCADE", backref="+")
    mail = CharField(254)
    person = TextField()
    answers = TextField()
    network = CharField(45)
    language = CharField(8, null=True)
    at = BigIntegerField()


INDEXES = {
    "card_deleted": '"card" ("partner_id", "id") WHERE deleted_at IS NOT NULL',
    "card_owing": '"card" ("partner_id", "id") WHERE owed > 0',
    "card_ending": '"card" ("partner_id", "expires_at") WHERE expires_at IS NOT NULL AND deleted_at IS NULL',
}


def up(migrator, db):
    for name, columns in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON {columns}')
    with db.bind_ctx((CardTemplate, Card, AskedCard)):
        db.create_tables([AskedCard])


def down(migrator, db):
    with db.bind_ctx((CardTemplate, Card, AskedCard)):
        db.drop_tables([AskedCard])
    for name in INDEXES:
        db.execute_sql(f'DROP INDEX "{name}"')
