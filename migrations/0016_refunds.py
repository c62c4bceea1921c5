"""Parts of approved deals go back to customers. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, Model, TextField


class Deal(Model):
    id = BigAutoField()

    class Meta:
        table_name = "deal"
        legacy_table_names = False


class Refund(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    deal = ForeignKeyField(Deal, backref="+", index=False)
    amount = BigIntegerField()
    taken_back = BigIntegerField()
    payment_sum = BigIntegerField()
    comment = TextField(null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "refund"
        legacy_table_names = False
        indexes = ((("deal", "id"), False),)
        constraints = [
            Check("amount > 0", "refund_returns_something"),
            Check("taken_back >= 0 AND payment_sum >= 0", "refund_takes_no_more_than_there_is"),
        ]


def up(migrator, db):
    with db.bind_ctx([Deal, Refund]):
        db.create_tables([Refund])


def down(migrator, db):
    with db.bind_ctx([Deal, Refund]):
        db.drop_tables([Refund])
