"""Which deal credited which cards, and why it did not credit others."""

from peewee import SQL, BigAutoField, Check, ForeignKeyField

from portal.database import BaseModel, JsonField
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.members.tables import Member


class CardDeal(BaseModel):
    """What an approved deal did by a template that names its catalog: `operation` credited the customer's card, or the steps
    tell why nothing was. It is as it was on that day; what was taken back since is told by the operations."""

    id = BigAutoField()
    deal = ForeignKeyField(Deal, index=False, backref="+")
    template = ForeignKeyField(CardTemplate, index=False, backref="+")
    member = ForeignKeyField(Member, null=True, index=False, backref="+")
    card = ForeignKeyField(Card, null=True, index=False, backref="+")
    operation = ForeignKeyField(CardOperation, null=True, unique=True, backref="+")
    steps = JsonField()

    class Meta:
        indexes = ((("deal", "template"), True),)
        constraints = [Check("operation_id IS NULL OR card_id IS NOT NULL", "card_deal_credits_a_card")]


CardDeal.add_index(
    CardDeal.index(CardDeal.member, CardDeal.deal, where=SQL("member_id IS NOT NULL"), name="card_deal_of_member")
)
