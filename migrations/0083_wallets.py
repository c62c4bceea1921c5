"""Keys of companies at Apple and Google, and the phones that keep their cards in a wallet. Frozen."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, Check, ForeignKeyField, Model, TextField


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Card(Frozen):
    id = BigAutoField()


class WalletSetup(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    wallet = CharField(6)
    is_on = BooleanField()
    pass_type = CharField(120, null=True)
    told = TextField()
    sealed = TextField()
    ends_at = BigIntegerField(null=True)
    updated_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "wallet"), True),)
        constraints = [
            Check("wallet IN ('apple', 'google')", "wallet_setup_wallet_is_known"),
            Check("(wallet = 'apple') = (pass_type IS NOT NULL)", "wallet_setup_apple_has_a_pass_type"),
        ]


class WalletRegistration(Frozen):
    id = BigAutoField()
    card = ForeignKeyField(Card, index=False, on_delete="CASCADE", backref="+")
    device = CharField(128)
    push_token = CharField(255)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("device", "card"), True), (("card",), False))


OLDER, NEW = (Partner, Card), (WalletSetup, WalletRegistration)


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)


def down(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
