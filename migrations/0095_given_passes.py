"""Which state of a card's pass a phone of Apple's was given last. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Card(Frozen):
    id = BigAutoField()


class WalletGiven(Frozen):
    card = ForeignKeyField(Card, primary_key=True, on_delete="CASCADE", backref="+")
    mark = CharField(12)
    second = BigIntegerField()


def up(migrator, db):
    with db.bind_ctx([Card, WalletGiven]):
        db.create_tables([WalletGiven])


def down(migrator, db):
    db.execute_sql("DROP TABLE wallet_given")
