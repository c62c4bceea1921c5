"""Partners, the people who work for them, how they come in, and the tokens of their software."""

from peewee import BigAutoField, BooleanField, CharField, Check, ForeignKeyField, IntegerField, TextField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.identifiers import new_uuid


class Partner(BaseModel):
    """A tenant: a merchant, a promoter, a company, a seller or a club. A twin (`live_partner` set) is its test mode."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    slug = CharField(64, unique=True)
    name = CharField(120)
    parent = ForeignKeyField("self", null=True, backref="companies")
    live_partner = ForeignKeyField("self", null=True, unique=True, backref="twins")
    clock_offset = IntegerField(default=0)  # seconds ahead of the wall; only a twin's may be other than 0
    confirmed_at = InstantField(null=True)
    time_zone = CharField(64, default="UTC")
    currency = CharField(3, default="USD")
    country = CharField(2, null=True)  # where its customers dial; null: what else tells, such as the time zone
    logo = CharField(36, null=True)  # the key of one of its pictures
    language = CharField(8, null=True)  # of its people who chose none
    created_at = InstantField(default=clock.now)
    disabled_at = InstantField(null=True)  # kept out by the operator; its test mode with it
    areas = CharField(
        200, null=True
    )  # names of those switched on; null while nobody has chosen. A twin has its partner's
    # How its club looks to members
    club_name = CharField(120, null=True)  # null: the partner's
    club_colour = CharField(7, null=True)  # of what is written and pressed, on light; null: the club looks as its cards
    club_dark = CharField(7, null=True)  # the same on dark; null: the nearest that can be read there
    club_logo = CharField(36, null=True)  # the key of one of its pictures; null: that of its cards
    club_scopes = JsonField(null=True)  # scopes of offers that its pages show beside the standard one; null: all

    class Meta:
        constraints = [Check("clock_offset = 0 OR live_partner_id IS NOT NULL", "partner_offset_is_a_twins")]

    @property
    def is_test(self) -> bool:
        """Whether this is a partner's test mode."""
        return self.live_partner_id is not None

    @property
    def club_called(self) -> str:
        """What its members know the club by."""
        return self.club_name or self.name


class User(BaseModel):
    """A person, known by a unique mail address."""

    id = BigAutoField()
    mail = CharField(254, unique=True)  # lower case
    name = CharField(120)
    password_hash = CharField(200)
    is_operator = BooleanField(default=False)
    proved_at = InstantField(null=True)  # since when the mail address is known to be theirs
    disabled_at = InstantField(null=True)
    language = CharField(8, null=True)  # null: their partner's, or the browser's
    created_at = InstantField(default=clock.now)

    class Meta:
        table_name = "person"  # "user" is a reserved word of PostgreSQL


class Membership(BaseModel):
    """What a person may do for a partner."""

    id = BigAutoField()
    user = ForeignKeyField(User, backref="memberships", on_delete="CASCADE")
    partner = ForeignKeyField(Partner, backref="memberships")
    role = CharField(16)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("user", "partner"), True),)
        constraints = [Check("role IN ('owner', 'manager', 'cashier', 'viewer')", "membership_role_is_known")]


class SignIn(BaseModel):
    """A browser that a person has signed in with. The cookie names it; ending it ends every copy of the cookie."""

    id = BigAutoField()
    key_digest = CharField(64, unique=True)
    user = ForeignKeyField(User, backref="sign_ins", on_delete="CASCADE")
    acting_partner = ForeignKeyField(Partner, null=True)
    address = CharField(45)
    agent = CharField(255)
    created_at = InstantField(default=clock.now)
    seen_at = InstantField(default=clock.now)
    expires_at = InstantField()
    ended_at = InstantField(null=True)


class PasswordReset(BaseModel):
    """A mailed link that sets a new password, once."""

    id = BigAutoField()
    user = ForeignKeyField(User, on_delete="CASCADE")
    key_digest = CharField(64, unique=True)
    expires_at = InstantField()
    used_at = InstantField(null=True)


class ClientToken(BaseModel):
    """A partner's key to the JSON API. Only its digest is kept."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="tokens")
    name = CharField(80)
    hint = CharField(20)  # the beginning of the secret, to recognise it by
    digest = CharField(64, unique=True)
    permits = JsonField()
    reach = CharField(16)
    rate_limit = IntegerField(null=True)  # requests a minute; null means the installation's
    expires_at = InstantField(null=True)
    last_used_at = InstantField(null=True)
    revoked_at = InstantField(null=True)
    created_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [Check("reach IN ('self', 'with_companies')", "client_token_reach_is_known")]


class InstallationFact(BaseModel):
    """A fact about this installation that must outlive the machine, such as that it holds the demo world."""

    name = CharField(64, primary_key=True)
    value = TextField()


class IdempotencyRecord(BaseModel):
    """The kept answer to a request that carried an Idempotency-Key; written in the transaction of its effect."""

    id = BigAutoField()
    credential = CharField(64)
    key = CharField(255)
    request_digest = CharField(64)
    status = IntegerField(null=True)
    headers = JsonField(null=True)
    body = TextField(null=True)
    created_at = InstantField(index=True)

    class Meta:
        indexes = ((("credential", "key"), True),)
