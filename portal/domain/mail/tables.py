"""Mail that is to be sent, was sent, or is kept for the operator to read."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner


class Mail(BaseModel):
    """One mail. `due_at` is null once it was sent, given up, or kept because no server is set up."""

    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, null=True)
    share = BigIntegerField(
        default=0
    )  # whose turn it takes: the partner that caused it; below zero: a receiver's, whom none did
    to = CharField(254)
    subject = CharField(255)
    text = TextField()
    state = CharField(16, default="waiting")
    attempts = IntegerField(default=0)
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)  # until when a worker is at it
    error = TextField(null=True)
    created_at = InstantField(default=clock.now)
    sent_at = InstantField(null=True)
    unsubscribe = TextField(null=True)  # the link that ends mails of its kind

    class Meta:
        indexes = ((("state", "id"), False), (("to", "id"), False))


class MailCount(BaseModel):
    """Mails of one kind that were written for one sender or to one receiver within an hour or a day, from `since` on."""

    id = BigAutoField()
    kind = CharField(32)
    who = CharField(254)
    since = InstantField(index=True)
    used = IntegerField()

    class Meta:
        indexes = ((("kind", "who", "since"), True),)


class MailStop(BaseModel):
    """An address that wants no mail from people whom its owner does not know."""

    id = BigAutoField()
    mail = CharField(254, unique=True)  # lower case
    at = InstantField(default=clock.now)


Mail.add_index(Mail.index(Mail.share, Mail.due_at, where=SQL("due_at IS NOT NULL"), name="mail_due"))
Mail.add_index(Mail.index(Mail.share, Mail.lease_ends, where=SQL("lease_ends IS NOT NULL"), name="mail_leased"))
