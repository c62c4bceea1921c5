"""Pushes, who gets them, and the browsers that show them (contract: cards, "Pushes")."""

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
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.identifiers import new_uuid
from portal.domain.members.tables import Member, Segment


class PushSettings(BaseModel):
    """When a company's pushes keep quiet, in minutes of its own day, and how many that nobody wrote a card gets in seven days."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, unique=True, backref="+")
    quiet_from = IntegerField(default=21 * 60)
    quiet_to = IntegerField(default=8 * 60)  # the same as `quiet_from`: there are no quiet hours
    weekly_most = IntegerField(default=3)

    class Meta:
        constraints = [
            Check(
                "quiet_from >= 0 AND quiet_from < 1440 AND quiet_to >= 0 AND quiet_to < 1440", "push_settings_in_a_day"
            ),
            Check("weekly_most >= 0", "push_settings_most_is_not_negative"),
        ]


class AutomaticPush(BaseModel):
    """What is sent by itself to cards of a template. `number` is stamps that are missing, or days, as the kind has it."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    template = ForeignKeyField(CardTemplate, index=False, backref="automatic_pushes")
    kind = CharField(10)
    number = IntegerField(null=True)
    message = TextField()
    is_on = BooleanField(default=True)
    keeps_quiet = BooleanField(default=True)
    since = InstantField(default=clock.now)  # what happened before it was switched on is none of its
    looked_at = InstantField(null=True)  # until when its occasions were looked for
    began_at = InstantField(null=True)  # when the look that is under way began
    looked_to = BigIntegerField(null=True)  # and the card that it came to
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)
    attempts = IntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("template", "kind"), True),)
        constraints = [
            Check("kind IN ('welcome', 'birthday', 'left', 'expiring', 'win_back')", "automatic_push_kind_is_known"),
            Check(
                "(kind IN ('left', 'expiring', 'win_back')) = (number IS NOT NULL)", "automatic_push_says_its_number"
            ),
            Check("number IS NULL OR number > 0", "automatic_push_number_is_over_zero"),
        ]


AutomaticPush.add_index(
    AutomaticPush.index(
        AutomaticPush.partner, AutomaticPush.due_at, where=SQL("due_at IS NOT NULL"), name="automatic_push_due"
    )
)


class Push(BaseModel):
    """A message to cards of a template: all installed ones, one, those of a segment, or those not seen for so many days.

    Each of its recipients is in one of five states, and the four counts are of those that have ended; the rest waits. They are
    fixed when sending begins: `fixed_to` is the card up to which they are, null when all are. Who they were is `forgotten` some time
    after the end; the counts stay. A trial is what its writer tried on themselves.
    """

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    template = ForeignKeyField(CardTemplate, index=False, backref="+")
    audience = CharField(10)
    card = ForeignKeyField(Card, null=True, index=False, backref="+")
    segment = ForeignKeyField(Segment, null=True, on_delete="SET NULL", backref="+")
    unseen_days = IntegerField(null=True)
    automatic = ForeignKeyField(AutomaticPush, null=True, index=False, on_delete="SET NULL", backref="+")
    occasion = CharField(64, null=True)  # of an automatic one: what happened to the card, which is told once
    operation = ForeignKeyField(
        CardOperation, null=True, index=False, backref="+"
    )  # of an automatic one: what brought it
    kind = CharField(8, default="manual")  # `type` on the wire
    is_trial = BooleanField(default=False)
    message = TextField()
    keeps_quiet = BooleanField(default=False)
    state = CharField(10, default="scheduled")  # `status` on the wire
    scheduled_at = InstantField(null=True)
    made_by = CharField(64)
    recipients = IntegerField(default=0)
    sent = IntegerField(default=0)
    failed = IntegerField(default=0)
    cancelled = IntegerField(default=0)  # recipients that were passed over, or not reached when it was cancelled
    shown = IntegerField(default=0)  # `deliveredAmount` on the wire; of those that are sent
    forgotten = IntegerField(default=0)  # recipients of whom no row is left
    fixed_to = BigIntegerField(null=True)
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)
    attempts = IntegerField(default=0)
    created_at = InstantField(default=clock.now)
    began_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    noted_at = InstantField(null=True)  # when somebody saw that nobody got it

    class Meta:
        constraints = [
            Check("kind IN ('manual', 'auto')", "push_kind_is_known"),
            Check("state IN ('scheduled', 'sending', 'sent', 'cancelled', 'failed')", "push_state_is_known"),
            Check("audience IN ('template', 'card', 'segment', 'unseen')", "push_audience_is_known"),
            Check("(audience = 'card') = (card_id IS NOT NULL)", "push_of_a_card_names_it"),
            Check("(audience = 'unseen') = (unseen_days IS NOT NULL)", "push_of_unseen_says_since_when"),
            Check("sent + failed + cancelled <= recipients AND shown <= sent + failed", "push_counts_its_recipients"),
            Check("state IN ('scheduled', 'sending') OR due_at IS NULL", "push_that_ended_is_not_due"),
        ]


Push.add_index(Push.index(Push.partner, Push.id, name="push_of_partner"))
Push.add_index(Push.index(Push.partner, Push.kind, Push.id, name="push_by_kind"))
Push.add_index(Push.index(Push.partner, Push.id, where=SQL("is_trial"), name="push_trial"))
Push.add_index(Push.index(Push.partner, Push.ended_at, where=SQL("forgotten < recipients"), name="push_remembered"))
_FAILED = SQL("state = 'failed' AND kind = 'manual' AND noted_at IS NULL")
Push.add_index(Push.index(Push.partner, Push.id, where=_FAILED, name="push_failed"))
Push.add_index(Push.index(Push.card, Push.id, where=SQL("card_id IS NOT NULL"), name="push_of_card"))
Push.add_index(Push.index(Push.operation, Push.id, where=SQL("operation_id IS NOT NULL"), name="push_of_operation"))
Push.add_index(Push.index(Push.partner, Push.due_at, where=SQL("due_at IS NOT NULL"), name="push_due"))
Push.add_index(
    Push.index(
        Push.card,
        Push.automatic,
        Push.occasion,
        unique=True,
        where=SQL("automatic_id IS NOT NULL"),
        name="push_once_an_occasion",
    )
)
Push.add_index(Push.index(Push.card, Push.created_at, where=SQL("kind = 'auto'"), name="push_by_itself_to_card"))


Push.add_index(
    Push.index(Push.automatic, Push.created_at, where=SQL("automatic_id IS NOT NULL"), name="push_of_automatic")
)


class PushRecipient(BaseModel):
    """A card that a push goes to. Once it is sent or failed it lies in the card's inbox."""

    id = BigAutoField()
    push = ForeignKeyField(Push, index=False, backref="+")
    partner = ForeignKeyField(Partner, index=False)
    card = ForeignKeyField(Card, index=False)
    state = CharField(10, default="queued")
    due_at = InstantField(null=True)
    lease_ends = InstantField(null=True)
    attempts = IntegerField(default=0)
    reason = CharField(32, null=True)  # why it was passed over or failed: a word of `words.REASONS`
    settled_at = InstantField(null=True)
    shown_at = InstantField(null=True)  # by a browser, or in the inbox that was opened

    class Meta:
        indexes = ((("push", "card"), True),)
        constraints = [
            Check("state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')", "push_recipient_state_is_known"),
            Check("(state IN ('queued', 'sending')) = (due_at IS NOT NULL)", "push_recipient_is_due_or_ended"),
        ]


PushRecipient.add_index(
    PushRecipient.index(
        PushRecipient.partner, PushRecipient.due_at, where=SQL("due_at IS NOT NULL"), name="push_recipient_due"
    )
)
PushRecipient.add_index(PushRecipient.index(PushRecipient.card, PushRecipient.id, name="push_recipient_of_card"))
PushRecipient.add_index(
    PushRecipient.index(PushRecipient.push, PushRecipient.state, PushRecipient.id, name="push_recipient_by_state")
)


class PushSubscription(BaseModel):
    """A browser that shows pushes to a customer (RFC 8030): where its push service takes them, and how they are encrypted for it."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="push_subscriptions")
    endpoint = TextField()
    digest = CharField(64)  # of the endpoint
    p256dh = CharField(120)  # the browser's public key (RFC 8291), base64url
    auth = CharField(40)  # its secret for authentication, base64url
    server_key = CharField(120)  # the public key of ours that it was made with (RFC 8292)
    created_at = InstantField(default=clock.now)
    refused_at = InstantField(null=True)  # when it refused the first one since

    class Meta:
        indexes = ((("member", "digest"), True),)


PushSubscription.add_index(
    PushSubscription.index(
        PushSubscription.refused_at, where=SQL("refused_at IS NOT NULL"), name="push_subscription_refused"
    )
)


class PushAttempt(BaseModel):
    """What the push service of a browser, or a wallet, answered for a recipient; one that is not `done` is tried again."""

    id = BigAutoField()
    recipient = ForeignKeyField(PushRecipient, index=False, on_delete="CASCADE", backref="+")
    channel = CharField(7, default="browser")
    subscription = BigIntegerField()  # which browser, phone or card there, by its id, which outlives it
    host = CharField(255)
    status = IntegerField(null=True)  # null: nothing came in time
    result = CharField(8)  # taken, gone, again, refused
    said = TextField(null=True)
    at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("recipient", "channel", "subscription"), True),)
        constraints = [
            Check("channel IN ('browser', 'apple', 'google')", "push_attempt_channel_is_known"),
            Check("result IN ('taken', 'gone', 'again', 'refused')", "push_attempt_result_is_known"),
        ]


class ServerKey(BaseModel):
    """A key pair by which push services know this installation (VAPID, RFC 8292); the newest is used."""

    id = BigAutoField()
    public = CharField(120, unique=True)  # uncompressed point, base64url
    private = TextField()  # sealed with SECRET_KEY
    created_at = InstantField(default=clock.now)


TABLES = (PushSettings, AutomaticPush, Push, PushRecipient, PushSubscription, PushAttempt, ServerKey)
