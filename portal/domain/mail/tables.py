"""Mail that is to be sent, was sent, or is kept for the operator to read."""

from peewee import SQL, BigAutoField, CharField, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner


class Mail(BaseModel):
    """One mail. `due_at` is null once it was sent, given up, or kept because no server is set up."""

    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, null=True)
    to = CharField(254)
    subject = CharField(255)
    text = TextField()
    state = CharField(16, default="waiting")
    attempts = IntegerField(default=0)
    due_at = InstantField(null=True)
    error = TextField(null=True)
    created_at = InstantField(default=clock.now)
    sent_at = InstantField(null=True)
    unsubscribe = TextField(null=True)  # the link that ends mails of its kind

    class Meta:
        indexes = ((("state", "id"), False), (("to", "id"), False))


Mail.add_index(Mail.index(Mail.due_at, where=SQL("due_at IS NOT NULL"), name="mail_due"))
