"""Which mails a person wants of a partner's business."""

from peewee import BigAutoField, BooleanField, CharField, ForeignKeyField

from portal.database import BaseModel
from portal.domain.accounts.tables import Partner, User


class NotificationChoice(BaseModel):
    """A person's own choice for one kind of mail of one partner; without a row the role decides."""

    id = BigAutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    partner = ForeignKeyField(Partner)
    kind = CharField(32)
    is_on = BooleanField()

    class Meta:
        indexes = ((("user", "partner", "kind"), True),)
