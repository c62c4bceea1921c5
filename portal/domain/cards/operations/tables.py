"""Operations on cards: what happened, and what it changed, field by field. Both are only ever added."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField, TextField

from portal.database import BaseModel, InstantField
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.tables import Partner, User
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate, RewardTier
from portal.domain.members.tables import Member

_IS_FIELD = "field IN ('uses', 'rewards', 'balance', 'bonus', 'visits', 'rest', 'spent', 'coupon', 'owed')"


class CardOperation(BaseModel):
    """One thing that happened to a card, as the wire tells it. `amount` and `balance` are of the field that it is about."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)
    template = ForeignKeyField(CardTemplate, index=False)
    card = ForeignKeyField(Card, index=False)
    member = ForeignKeyField(Member, index=False)
    event = IntegerField()  # `eventId` on the wire
    field = CharField(8)  # what it is about, first of all
    amount = BigIntegerField()  # below zero when it takes away
    balance = BigIntegerField()  # of the field, after it
    purchase_sum = BigIntegerField(null=True)  # minor units
    source = CharField(8)
    comment = TextField(null=True)
    manager = ForeignKeyField(User, null=True, index=False, on_delete="SET NULL", backref="+")  # who did it
    location = ForeignKeyField(Location, null=True, index=False, backref="+")
    reverses = ForeignKeyField("self", null=True, index=False, backref="reversal")
    takes_back = ForeignKeyField(
        "self", null=True, index=False, backref="taken_back"
    )  # a deal's credit, or a part of it
    reward_tier = ForeignKeyField(RewardTier, null=True, index=False, backref="+")  # what was received
    step = BigIntegerField(null=True)  # of a purchase by spend: the rule of that day
    step_gives = IntegerField(null=True)
    request = CharField(36, null=True)  # a UUID of whoever asked: never booked twice, whenever it comes again
    created_at = InstantField()

    class Meta:
        constraints = [
            Check("source IN ('api', 'portal', 'counter', 'system')", "card_operation_source_is_known"),
            Check(_IS_FIELD, "card_operation_field_is_known"),
        ]


CardOperation.add_index(CardOperation.index(CardOperation.partner, CardOperation.id, name="card_operation_of_partner"))
CardOperation.add_index(
    CardOperation.index(CardOperation.partner, CardOperation.created_at, CardOperation.id, name="card_operation_by_day")
)
CardOperation.add_index(CardOperation.index(CardOperation.card, CardOperation.id, name="card_operation_of_card"))
CardOperation.add_index(CardOperation.index(CardOperation.member, CardOperation.id, name="card_operation_of_member"))
CardOperation.add_index(
    CardOperation.index(
        CardOperation.template,
        CardOperation.partner,
        CardOperation.created_at,
        CardOperation.id,
        name="card_operation_of_template",
    )
)
CardOperation.add_index(
    CardOperation.index(
        CardOperation.reverses,
        unique=True,
        where=SQL("reverses_id IS NOT NULL"),
        name="card_operation_reverses_id",
    )
)
CardOperation.add_index(
    CardOperation.index(
        CardOperation.takes_back, where=SQL("takes_back_id IS NOT NULL"), name="card_operation_taken_back"
    )
)
CardOperation.add_index(
    CardOperation.index(
        CardOperation.partner,
        CardOperation.request,
        unique=True,
        where=SQL("request IS NOT NULL"),
        name="card_operation_asked_once",
    )
)


class CardEntry(BaseModel):
    """What an operation changed of one field of its card: before + amount = after."""

    id = BigAutoField()
    operation = ForeignKeyField(CardOperation, index=False)
    card = ForeignKeyField(Card, index=False)
    field = CharField(8)
    amount = BigIntegerField()
    before = BigIntegerField()
    after = BigIntegerField()

    class Meta:
        indexes = ((("operation", "field"), True), (("card", "field", "id"), False))
        constraints = [
            Check(_IS_FIELD, "card_entry_field_is_known"),
            Check("before >= 0 AND after >= 0 AND before + amount = after", "card_entry_adds_up"),
        ]


class CardLot(BaseModel):
    """What an operation credited, where it ends by itself: used oldest first, expired once."""

    id = BigAutoField()
    card = ForeignKeyField(Card, index=False)
    operation = ForeignKeyField(CardOperation, index=False)
    field = CharField(8)
    amount = BigIntegerField()
    remaining = BigIntegerField()
    expires_at = InstantField()

    class Meta:
        constraints = [
            Check("amount > 0 AND remaining >= 0 AND remaining <= amount", "card_lot_holds_no_more_than_it_was")
        ]


_HOLDS = SQL("remaining > 0")
CardLot.add_index(CardLot.index(CardLot.card, CardLot.expires_at, CardLot.id, where=_HOLDS, name="card_lot_of_card"))
CardLot.add_index(CardLot.index(CardLot.expires_at, CardLot.id, where=_HOLDS, name="card_lot_due"))


class CardLotUse(BaseModel):
    """What an operation used of a lot; below zero where one that had used it was undone."""

    id = BigAutoField()
    lot = ForeignKeyField(CardLot, backref="uses")
    operation = ForeignKeyField(CardOperation, backref="+")
    amount = BigIntegerField()
