"""Pushes to the holders of cards, the browsers that show them, and cards whose holders want none. Frozen."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class CardTemplate(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class Segment(Frozen):
    id = BigAutoField()


class Card(Frozen):
    id = BigAutoField()


class PushSettings(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, unique=True, backref="+")
    quiet_from = IntegerField()
    quiet_to = IntegerField()
    weekly_most = IntegerField()

    class Meta:
        constraints = [
            Check(
                "quiet_from >= 0 AND quiet_from < 1440 AND quiet_to >= 0 AND quiet_to < 1440", "push_settings_in_a_day"
            ),
            Check("weekly_most >= 0", "push_settings_most_is_not_negative"),
        ]


class AutomaticPush(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    template = ForeignKeyField(CardTemplate, index=False, backref="+")
    kind = CharField(10)
    number = IntegerField(null=True)
    message = TextField()
    is_on = BooleanField()
    keeps_quiet = BooleanField()
    since = BigIntegerField()
    looked_at = BigIntegerField(null=True)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("template", "kind", "number"), False),)
        constraints = [
            Check("kind IN ('welcome', 'birthday', 'left', 'expiring', 'win_back')", "automatic_push_kind_is_known"),
            Check(
                "(kind IN ('left', 'expiring', 'win_back')) = (number IS NOT NULL)", "automatic_push_says_its_number"
            ),
            Check("number IS NULL OR number > 0", "automatic_push_number_is_over_zero"),
        ]


class Push(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    template = ForeignKeyField(CardTemplate, index=False, backref="+")
    audience = CharField(10)
    card = ForeignKeyField(Card, null=True, index=False, backref="+")
    segment = ForeignKeyField(Segment, null=True, on_delete="SET NULL", backref="+")
    unseen_days = IntegerField(null=True)
    automatic = ForeignKeyField(AutomaticPush, null=True, index=False, on_delete="SET NULL", backref="+")
    occasion = CharField(64, null=True)
    kind = CharField(8)
    message = TextField()
    keeps_quiet = BooleanField()
    state = CharField(10)
    scheduled_at = BigIntegerField(null=True)
    made_by = CharField(64)
    recipients = IntegerField()
    sent = IntegerField()
    failed = IntegerField()
    cancelled = IntegerField()
    shown = IntegerField()
    fixed_to = BigIntegerField(null=True)
    due_at = BigIntegerField(null=True)
    lease_ends = BigIntegerField(null=True)
    attempts = IntegerField()
    created_at = BigIntegerField()
    began_at = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)

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


class PushRecipient(Frozen):
    id = BigAutoField()
    push = ForeignKeyField(Push, index=False, backref="+")
    partner = ForeignKeyField(Partner, index=False)
    card = ForeignKeyField(Card, index=False)
    state = CharField(10)
    due_at = BigIntegerField(null=True)
    lease_ends = BigIntegerField(null=True)
    attempts = IntegerField()
    reason = CharField(32, null=True)
    settled_at = BigIntegerField(null=True)
    shown_at = BigIntegerField(null=True)

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


class PushSubscription(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="+")
    endpoint = TextField()
    digest = CharField(64)
    p256dh = CharField(120)
    auth = CharField(40)
    server_key = CharField(120)
    created_at = BigIntegerField()
    accepted_at = BigIntegerField(null=True)
    refused_at = BigIntegerField(null=True)
    refusal = TextField(null=True)

    class Meta:
        indexes = ((("member", "digest"), True),)


class PushAttempt(Frozen):
    id = BigAutoField()
    recipient = ForeignKeyField(PushRecipient, index=False, on_delete="CASCADE", backref="+")
    subscription = BigIntegerField()
    host = CharField(255)
    status = IntegerField(null=True)
    result = CharField(8)
    said = TextField(null=True)
    at = BigIntegerField()

    class Meta:
        indexes = ((("recipient", "subscription"), True),)
        constraints = [Check("result IN ('taken', 'gone', 'again', 'refused')", "push_attempt_result_is_known")]


class ServerKey(Frozen):
    id = BigAutoField()
    public = CharField(120, unique=True)
    private = TextField()
    created_at = BigIntegerField()


OLDER = (Partner, CardTemplate, Member, Segment, Card)
NEW = (PushSettings, AutomaticPush, Push, PushRecipient, PushSubscription, PushAttempt, ServerKey)


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)
    db.execute_sql('ALTER TABLE "card" ADD COLUMN "muted_at" BIGINT')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "card" DROP COLUMN "muted_at"')
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
