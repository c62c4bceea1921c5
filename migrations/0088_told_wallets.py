"""Cards that stand in wallets, of which what changed is told, and what Apple and Google answered last. Frozen."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Card(Frozen):
    id = BigAutoField()


class WalletHolding(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    card = ForeignKeyField(Card, index=False, on_delete="CASCADE", backref="+")
    wallet = CharField(6)
    changes = IntegerField()
    since = BigIntegerField()
    due_at = BigIntegerField(null=True)
    lease_ends = BigIntegerField(null=True)
    attempts = IntegerField()

    class Meta:
        indexes = ((("card", "wallet"), True),)
        constraints = [Check("wallet IN ('apple', 'google')", "wallet_holding_wallet_is_known")]


WalletHolding.add_index(
    WalletHolding.index(
        WalletHolding.partner, WalletHolding.due_at, where=SQL("due_at IS NOT NULL"), name="wallet_holding_due"
    )
)
_HAVE = """INSERT INTO wallet_holding (partner_id, card_id, wallet, changes, since, attempts)
    SELECT partner_id, id, '{wallet}', 0, updated_at, 0 FROM card WHERE {has}"""


def up(migrator, db):
    with db.bind_ctx([Partner, Card, WalletHolding]):
        db.create_tables([WalletHolding])
    db.execute_sql(_HAVE.format(wallet="apple", has="id IN (SELECT card_id FROM wallet_registration)"))
    db.execute_sql(_HAVE.format(wallet="google", has="device = 'google' AND deleted_at IS NULL"))
    # What happened before nobody waits for.
    db.execute_sql(
        """INSERT INTO sequence (name, value) SELECT 'wallet changes', value FROM sequence
        WHERE name = 'event' AND EXISTS (SELECT 1 FROM wallet_holding)"""
    )
    db.execute_sql("ALTER TABLE wallet_setup ADD COLUMN answered_at BIGINT")
    db.execute_sql("ALTER TABLE wallet_setup ADD COLUMN refusal TEXT")


def down(migrator, db):
    db.execute_sql("ALTER TABLE wallet_setup DROP COLUMN refusal")
    db.execute_sql("ALTER TABLE wallet_setup DROP COLUMN answered_at")
    db.execute_sql("DELETE FROM sequence WHERE name IN ('wallet changes', 'wallet template', 'turn:wallet_holding')")
    with db.bind_ctx([Partner, Card, WalletHolding]):
        db.drop_tables([WalletHolding])
