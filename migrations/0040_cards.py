"""Sub-accounts with tariffs, locations, customers as they write their phones, and loyalty cards with their ledger. Frozen."""

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


class User(Frozen):
    id = BigAutoField()

    class Meta:
        table_name = "person"


class Membership(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class Catalog(Frozen):
    id = BigAutoField()


class ListTotal(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    kind = CharField(16)
    part = IntegerField()
    total = BigIntegerField()

    class Meta:
        indexes = ((("partner", "kind", "part"), True),)
        constraints = [Check("total >= 0", "list_total_is_not_negative")]


class Location(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(120)
    address = CharField(255, null=True)
    created_at = BigIntegerField()
    closed_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)


class Posting(Frozen):
    id = BigAutoField()
    location = ForeignKeyField(Location, backref="+", index=False, on_delete="CASCADE")
    membership = ForeignKeyField(Membership, backref="+", on_delete="CASCADE")

    class Meta:
        indexes = ((("location", "membership"), True),)


class Tariff(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(120)
    kind = CharField(16)
    country = CharField(2, null=True)
    currency = CharField(3)
    month_price = BigIntegerField(null=True)
    quarter_price = BigIntegerField(null=True)
    year_price = BigIntegerField(null=True)
    templates = IntegerField()
    managers = IntegerField()
    locations = IntegerField()
    integrations = IntegerField()
    push = BooleanField()
    auto_push = BooleanField()
    custom_auto_push = BooleanField()
    custom_fields = BooleanField()
    duplicates_check = BooleanField()
    phone_check = BooleanField()
    may_integrate = BooleanField()
    referral_program = BooleanField()
    reports = BooleanField()
    white_label = BooleanField()
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    withdrawn_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("kind IN ('trial', 'paid')", "tariff_kind_is_known"),
            Check(
                "templates >= 0 AND managers >= 0 AND locations >= 0 AND integrations >= 0",
                "tariff_limits_are_not_negative",
            ),
            Check(
                "(month_price IS NULL OR month_price >= 0) AND (quarter_price IS NULL OR quarter_price >= 0) "
                "AND (year_price IS NULL OR year_price >= 0)",
                "tariff_prices_are_not_negative",
            ),
        ]


class Company(Frozen):
    partner = ForeignKeyField(Partner, backref="+", primary_key=True)
    owner = ForeignKeyField(User, backref="+", null=True, index=False, on_delete="SET NULL")
    tariff = ForeignKeyField(Tariff, backref="+")
    tariff_period = CharField(16)
    expires_at = BigIntegerField(null=True)
    mail = CharField(254, unique=True)
    phone = CharField(40)
    note = TextField(null=True)
    country = CharField(2)
    state = CharField(120, null=True)
    state_code = CharField(10, null=True)
    city = CharField(120, null=True)
    street = CharField(255, null=True)
    postal_code = CharField(20, null=True)
    website = CharField(2048, null=True)
    updated_at = BigIntegerField()
    deleted_at = BigIntegerField(null=True)

    class Meta:
        constraints = [
            Check(
                "tariff_period IN ('trial', 'month', 'two_months', 'quarter', 'six_months', 'nine_months', 'year')",
                "company_tariff_period_is_known",
            )
        ]


class CardTemplate(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(120)
    kind = IntegerField()
    mechanics = CharField(16)
    key = CharField(22, unique=True)
    currency = CharField(3)

    stamps_total = IntegerField(null=True)
    step = BigIntegerField(null=True)
    step_gives = IntegerField(null=True)
    visit_gives = IntegerField(null=True)
    percent = IntegerField(null=True)
    first_visit_percent = IntegerField(null=True)

    least_purchase = BigIntegerField(null=True)
    most_a_day = IntegerField(null=True)
    most_at_once = IntegerField(null=True)
    earns_on_points = BooleanField()

    card_days = IntegerField(null=True)
    lot_days = IntegerField(null=True)

    deal_gives = IntegerField(null=True)
    credits_deals = BooleanField()
    referrer_gets = IntegerField(null=True)
    friend_gets = IntegerField(null=True)

    background = CharField(7)
    foreground = CharField(7)
    label_colour = CharField(7)
    stamp_icon = CharField(32)
    logo = CharField(36, null=True)
    texts = TextField()
    created_at = BigIntegerField()
    updated_at = BigIntegerField()
    archived_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "id"), False),)
        constraints = [
            Check("kind >= 0 AND kind <= 7", "card_template_kind_is_known"),
            Check(
                "(kind = 0 AND mechanics IN ('stamps', 'visits', 'spend')) OR (kind = 1 AND mechanics = 'percent') "
                "OR (kind = 2 AND mechanics = 'visits') OR (kind = 3 AND mechanics = 'use') "
                "OR (kind = 4 AND mechanics = 'levels') OR (kind = 5 AND mechanics = 'money') "
                "OR (kind = 6 AND mechanics IN ('limits', 'no_limits')) "
                "OR (kind = 7 AND mechanics IN ('points', 'visits', 'spend'))",
                "card_template_mechanics_fit_its_kind",
            ),
            Check("(kind = 0) = (stamps_total IS NOT NULL)", "card_template_of_stamps_says_how_many"),
            Check("stamps_total IS NULL OR stamps_total > 0", "card_template_stamps_are_over_zero"),
            Check("(mechanics = 'spend') = (step IS NOT NULL)", "card_template_of_spend_says_its_step"),
            Check("step IS NULL OR (step > 0 AND step_gives > 0)", "card_template_step_gives_something"),
            Check("(kind = 1) = (percent IS NOT NULL)", "card_template_of_cashback_says_its_percent"),
            Check("percent IS NULL OR (percent > 0 AND percent <= 10000)", "card_template_percent_is_one"),
        ]


class TemplateCatalog(Frozen):
    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    catalog = ForeignKeyField(Catalog, backref="+")

    class Meta:
        indexes = ((("template", "catalog"), True),)


class CardField(Frozen):
    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    name = CharField(120)
    kind = CharField(16)
    place = IntegerField()
    is_required = BooleanField()
    is_unique = BooleanField()
    removed_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("template", "place"), False),)
        constraints = [
            Check(
                "kind IN ('phone', 'email', 'FName', 'SName', 'DateOfBirth', 'text', 'number', 'date', 'boolean')",
                "card_field_kind_is_known",
            )
        ]


class RewardTier(Frozen):
    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    name = CharField(120)
    kind = IntegerField()
    value = BigIntegerField()
    threshold = BigIntegerField()
    usage_limit = IntegerField(null=True)
    value_limit = BigIntegerField(null=True)
    used = IntegerField()
    created_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("template", "id"), False),)
        constraints = [
            Check("kind IN (0, 1, 2)", "reward_tier_kind_is_known"),
            Check("value >= 0 AND threshold >= 0", "reward_tier_is_not_negative"),
            Check("used >= 0 AND (usage_limit IS NULL OR used <= usage_limit)", "reward_tier_within_its_limit"),
        ]


class MembershipTier(Frozen):
    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    name = CharField(120)
    visits = IntegerField(null=True)
    created_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("template", "id"), False),)
        constraints = [Check("visits IS NULL OR visits > 0", "membership_tier_visits_are_over_zero")]


class DiscountLevel(Frozen):
    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    threshold = BigIntegerField()
    percent = IntegerField()

    class Meta:
        indexes = ((("template", "threshold"), True),)
        constraints = [
            Check("threshold >= 0", "discount_level_threshold_is_not_negative"),
            Check("percent >= 0 AND percent <= 10000", "discount_level_percent_is_one"),
        ]


FIELDS = ("uses", "rewards", "balance", "bonus", "visits", "rest", "spent", "coupon", "owed")


class Card(Frozen):
    id = BigAutoField()
    serial = CharField(14, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    member = ForeignKeyField(Member, backref="+", index=False)
    key = CharField(22, unique=True)
    share_key = CharField(12, unique=True)
    referred_by = ForeignKeyField("self", backref="+", null=True)
    referral_paid_at = BigIntegerField(null=True)
    uses = BigIntegerField()
    rewards = BigIntegerField()
    balance = BigIntegerField()
    bonus = BigIntegerField()
    visits = BigIntegerField()
    rest = BigIntegerField()
    spent = BigIntegerField()
    coupon = BigIntegerField()
    owed = BigIntegerField()
    rewards_earned = BigIntegerField()
    rewards_redeemed = BigIntegerField()
    stamps_by_referral = BigIntegerField()
    points_by_referral = BigIntegerField()
    last_stamp_at = BigIntegerField(null=True)
    last_reward_at = BigIntegerField(null=True)
    last_redeemed_at = BigIntegerField(null=True)
    coupon_redeemed_at = BigIntegerField(null=True)
    membership_tier = ForeignKeyField(MembershipTier, backref="+", null=True)
    tier_period = CharField(8, null=True)
    tier_since = BigIntegerField(null=True)
    tier_next_at = BigIntegerField(null=True)
    utm_source = CharField(120, null=True)
    device = CharField(16, null=True)
    installed_at = BigIntegerField(null=True)
    expires_at = BigIntegerField(null=True)
    deleted_at = BigIntegerField(null=True)
    moved_to = ForeignKeyField("self", backref="+", null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        constraints = [
            Check(" AND ".join(f"{field} >= 0" for field in FIELDS), "card_counts_are_not_negative"),
            Check("coupon <= 1", "card_coupon_is_used_once"),
            Check("(membership_tier_id IS NULL) = (tier_next_at IS NULL)", "card_tier_has_a_period"),
            Check("moved_to_id IS NULL OR deleted_at IS NOT NULL", "card_moved_is_deleted"),
        ]


_LIVE = SQL("deleted_at IS NULL")
Card.add_index(Card.index(Card.template, Card.member, unique=True, where=_LIVE, name="card_once_a_template"))
Card.add_index(Card.index(Card.partner, Card.id, where=_LIVE, name="card_of_partner"))
Card.add_index(Card.index(Card.template, Card.id, where=_LIVE, name="card_of_template"))
Card.add_index(Card.index(Card.member, Card.id, name="card_of_member"))


class CardFieldValue(Frozen):
    id = BigAutoField()
    card = ForeignKeyField(Card, backref="+", index=False, on_delete="CASCADE")
    field = ForeignKeyField(CardField, backref="+", index=False)
    value = CharField(1000)
    unique_value = CharField(1000, null=True)

    class Meta:
        indexes = ((("card", "field"), True), (("field", "unique_value"), True))


_IS_FIELD = "field IN ('uses', 'rewards', 'balance', 'bonus', 'visits', 'rest', 'spent', 'coupon', 'owed')"


class CardOperation(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    template = ForeignKeyField(CardTemplate, backref="+", index=False)
    card = ForeignKeyField(Card, backref="+", index=False)
    member = ForeignKeyField(Member, backref="+", index=False)
    event = IntegerField()
    field = CharField(8)
    amount = BigIntegerField()
    balance = BigIntegerField()
    purchase_sum = BigIntegerField(null=True)
    source = CharField(8)
    comment = TextField(null=True)
    manager = ForeignKeyField(User, backref="+", null=True, index=False, on_delete="SET NULL")
    location = ForeignKeyField(Location, backref="+", null=True, index=False)
    reverses = ForeignKeyField("self", backref="+", null=True, unique=True)
    request = CharField(36, null=True)
    created_at = BigIntegerField()

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
    CardOperation.index(CardOperation.template, CardOperation.id, name="card_operation_of_template")
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


class CardEntry(Frozen):
    id = BigAutoField()
    operation = ForeignKeyField(CardOperation, backref="+", index=False)
    card = ForeignKeyField(Card, backref="+", index=False)
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


class CardLot(Frozen):
    id = BigAutoField()
    card = ForeignKeyField(Card, backref="+", index=False)
    operation = ForeignKeyField(CardOperation, backref="+", index=False)
    field = CharField(8)
    amount = BigIntegerField()
    remaining = BigIntegerField()
    expires_at = BigIntegerField()

    class Meta:
        constraints = [
            Check("amount > 0 AND remaining >= 0 AND remaining <= amount", "card_lot_holds_no_more_than_it_was")
        ]


_HOLDS = SQL("remaining > 0")
CardLot.add_index(CardLot.index(CardLot.card, CardLot.expires_at, CardLot.id, where=_HOLDS, name="card_lot_of_card"))
CardLot.add_index(CardLot.index(CardLot.expires_at, CardLot.id, where=_HOLDS, name="card_lot_due"))


OLDER = (Partner, User, Membership, Member, Catalog)
NEW = (
    ListTotal,
    Location,
    Posting,
    Tariff,
    Company,
    CardTemplate,
    TemplateCatalog,
    CardField,
    RewardTier,
    MembershipTier,
    DiscountLevel,
    Card,
    CardFieldValue,
    CardOperation,
    CardEntry,
    CardLot,
)
# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("member", "phone_typed", "VARCHAR(40)"),
    ("member", "language", "VARCHAR(8)"),
    ("member", "erased_at", "BIGINT"),
    ("member", "merged_into_id", "BIGINT REFERENCES member (id)"),
]


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    db.execute_sql('CREATE INDEX "member_merged_into_id" ON "member" ("merged_into_id")')


def down(migrator, db):
    db.execute_sql('DROP INDEX "member_merged_into_id"')
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
