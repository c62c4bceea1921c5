"""What a company's passes are signed with, and the phones that keep its cards in a wallet (contract: cards)."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.tables import Push

APPLE, GOOGLE = "apple", "google"  # also the words of a card's `device`


class WalletSetup(BaseModel):
    """A company's keys at Apple or Google. `told` is what its owners see of them, `sealed` is the keys, which nobody sees again."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    wallet = CharField(6)
    is_on = BooleanField(default=True)
    pass_type = CharField(120, null=True)  # what Apple's phones call the kind of its passes
    told = JsonField(default=dict)
    sealed = TextField()
    ends_at = InstantField(null=True)  # of the certificate
    updated_at = InstantField(default=clock.now)
    answered_at = InstantField(null=True)  # when Apple or Google was told of a change last
    refusal = TextField(null=True)  # and what it said, if it refused that

    class Meta:
        indexes = ((("partner", "wallet"), True),)
        constraints = [
            Check("wallet IN ('apple', 'google')", "wallet_setup_wallet_is_known"),
            Check("(wallet = 'apple') = (pass_type IS NOT NULL)", "wallet_setup_apple_has_a_pass_type"),
        ]


class WalletRegistration(BaseModel):
    """A phone of Apple's that keeps a card and wants to know of changes. `device` and `push_token` are as it says them."""

    id = BigAutoField()
    card = ForeignKeyField(Card, index=False, on_delete="CASCADE", backref="+")
    device = CharField(128)
    push_token = CharField(255)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("device", "card"), True), (("card",), False))


class WalletHolding(BaseModel):
    """A card that stands in wallets of Apple's or Google's. `changes` counts what is to be told there; it is due until all of it is."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    card = ForeignKeyField(Card, index=False, on_delete="CASCADE", backref="+")
    wallet = CharField(6)
    changes = IntegerField(default=0)
    since = InstantField(default=clock.now)  # when it was put there, or could have been, last
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)
    attempts = IntegerField(default=0)
    push = ForeignKeyField(Push, null=True, index=False, on_delete="SET NULL", backref="+")  # what its pass shows
    pushed_at = InstantField(null=True)

    class Meta:
        indexes = ((("card", "wallet"), True),)
        constraints = [Check("wallet IN ('apple', 'google')", "wallet_holding_wallet_is_known")]


WalletHolding.add_index(
    WalletHolding.index(
        WalletHolding.partner, WalletHolding.due_at, where=SQL("due_at IS NOT NULL"), name="wallet_holding_due"
    )
)
WalletHolding.add_index(
    WalletHolding.index(WalletHolding.push, where=SQL("push_id IS NOT NULL"), name="wallet_holding_of_push")
)


class WalletGiven(BaseModel):
    """The state of a card's pass that a phone of Apple's was given last, and the second that names it to phones."""

    card = ForeignKeyField(Card, primary_key=True, on_delete="CASCADE", backref="+")
    mark = CharField(12)
    second = BigIntegerField()


TABLES = (WalletSetup, WalletRegistration, WalletHolding, WalletGiven)
