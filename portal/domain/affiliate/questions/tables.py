"""What promoters ask merchants about their deals."""

from peewee import SQL, BigAutoField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner, User
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.identifiers import new_uuid


class DealQuestion(BaseModel):
    """A promoter asks the merchant about a deal; the merchant answers once."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    deal = ForeignKeyField(Deal)
    merchant = ForeignKeyField(Partner, index=False)
    promoter = ForeignKeyField(Partner, index=False)
    question = TextField()
    asked_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
    asked_at = InstantField(default=clock.now)
    answer = TextField(null=True)
    answered_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
    answered_at = InstantField(null=True)

    class Meta:
        indexes = ((("merchant", "id"), False), (("promoter", "id"), False))


DealQuestion.add_index(
    DealQuestion.index(
        DealQuestion.merchant, DealQuestion.id, where=SQL("answered_at IS NULL"), name="deal_question_waiting"
    )
)
