"""The first schema. Frozen: models are copied here so that later ones never change what this did."""

import uuid

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class Partner(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    slug = CharField(64, unique=True)
    name = CharField(120)
    parent = ForeignKeyField("self", backref="+", null=True)
    live_partner = ForeignKeyField("self", backref="+", null=True, unique=True)
    clock_offset = IntegerField()
    confirmed_at = BigIntegerField(null=True)
    time_zone = CharField(64)
    currency = CharField(3)
    created_at = BigIntegerField()

    class Meta:
        table_name = "partner"
        legacy_table_names = False
        constraints = [
            Check("clock_offset = 0 OR live_partner_id IS NOT NULL", "partner_offset_is_a_twins"),
        ]


class Category(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    name = CharField(64, unique=True)

    class Meta:
        table_name = "category"
        legacy_table_names = False


class Catalog(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    short_code = CharField(16, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    title = CharField(255)
    catalog_code = CharField(255)
    description = TextField(null=True)
    icon = TextField(null=True)
    preview_image = TextField(null=True)
    company_logo = TextField(null=True)
    category = ForeignKeyField(Category, backref="+", null=True)
    reward_type = CharField(16)
    reward_percent = IntegerField(null=True)
    moderation_type = CharField(24)
    hold_duration = BigIntegerField()
    canceled_duration = BigIntegerField()
    is_promocode_allowed = BooleanField()
    is_published = BooleanField()
    min_promo_code_percent = IntegerField(null=True)
    max_promo_code_percent = IntegerField(null=True)
    offer_geo = TextField()
    localizations = TextField()
    devices = CharField(16)
    cookies_storage_days = IntegerField()
    rules = TextField()
    text_rule = TextField()
    promo_materials = TextField()
    approved_deals = BigIntegerField()
    canceled_deals = BigIntegerField()
    created_at = BigIntegerField()
    modified_at = BigIntegerField()

    class Meta:
        table_name = "catalog"
        legacy_table_names = False
        indexes = (
            (("partner", "catalog_code"), True),
            (("partner", "id"), False),
        )
        constraints = [
            Check("reward_percent BETWEEN 5 AND 9500", "catalog_reward_percent_in_range"),
            Check("min_promo_code_percent <= max_promo_code_percent", "catalog_promo_percents_in_order"),
            Check("hold_duration >= 0 AND canceled_duration >= 0", "catalog_durations_not_negative"),
            Check("approved_deals >= 0 AND canceled_deals >= 0", "catalog_counters_not_negative"),
        ]


class Promotion(Model):
    id = BigAutoField()
    uid = CharField(16, unique=True)
    catalog = ForeignKeyField(Catalog, backref="+", index=False)
    promoter = ForeignKeyField(Partner, backref="+")
    state = CharField(16)
    percent_discounts = IntegerField()
    created_at = BigIntegerField()
    decided_at = BigIntegerField(null=True)

    class Meta:
        table_name = "promotion"
        legacy_table_names = False
        indexes = ((("catalog", "promoter"), True),)
        constraints = [
            Check("state IN ('waiting', 'approved', 'refused', 'ended')", "promotion_state_is_known"),
        ]


class Landing(Model):
    id = BigAutoField()
    code = CharField(16, unique=True)
    catalog = ForeignKeyField(Catalog, backref="+", index=False)
    url = TextField()
    adaptability = CharField(16)
    title = CharField(255, null=True)
    image_url = TextField(null=True)
    created_at = BigIntegerField()
    modified_at = BigIntegerField()
    removed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "landing"
        legacy_table_names = False
        indexes = ((("catalog", "id"), False),)


class Click(Model):
    id = BigAutoField()
    key = CharField(22, unique=True)
    promotion = ForeignKeyField(Promotion, backref="+", index=False)
    landing = ForeignKeyField(Landing, backref="+", null=True)
    query = TextField()
    device = CharField(16)
    at = BigIntegerField()

    class Meta:
        table_name = "click"
        legacy_table_names = False
        indexes = ((("promotion", "at"), False),)


class User(Model):
    id = BigAutoField()
    mail = CharField(254, unique=True)
    name = CharField(120)
    password_hash = CharField(200)
    is_operator = BooleanField()
    disabled_at = BigIntegerField(null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "person"
        legacy_table_names = False


class ClientToken(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+")
    name = CharField(80)
    hint = CharField(20)
    digest = CharField(64, unique=True)
    permits = TextField()
    reach = CharField(16)
    rate_limit = IntegerField(null=True)
    expires_at = BigIntegerField(null=True)
    last_used_at = BigIntegerField(null=True)
    revoked_at = BigIntegerField(null=True)
    created_by = ForeignKeyField(User, on_delete="SET NULL", backref="+", null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "client_token"
        legacy_table_names = False
        constraints = [
            Check("reach IN ('self', 'with_companies')", "client_token_reach_is_known"),
        ]


class Offer(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+")
    catalog = ForeignKeyField(Catalog, backref="+", null=True, index=False)
    name = CharField(255)
    description = TextField(null=True)
    is_active = BooleanField()
    created_at = BigIntegerField()
    modified_at = BigIntegerField()

    class Meta:
        table_name = "offer"
        legacy_table_names = False
        indexes = (
            (("catalog", "name"), True),
            (("catalog", "id"), False),
        )


class PromoCode(Model):
    id = BigAutoField()
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    promotion = ForeignKeyField(Promotion, backref="+")
    code = CharField(64)
    written = CharField(64)
    percent_discounts = IntegerField()
    is_personal = BooleanField()
    ended_at = BigIntegerField(null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "promo_code"
        legacy_table_names = False
        indexes = ((("merchant", "code"), True),)


class Deal(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    deal_id = CharField(255)
    catalog = ForeignKeyField(Catalog, backref="+", index=False)
    offer = ForeignKeyField(Offer, backref="+", index=False)
    offer_name = CharField(255)
    status = CharField(16)
    is_returned = BooleanField()
    cost = BigIntegerField()
    first_cost = BigIntegerField()
    currency = CharField(3)
    promo_code = CharField(255, null=True)
    another_data = TextField(null=True)
    comment = TextField(null=True)
    promotion = ForeignKeyField(Promotion, backref="+", null=True, index=False)
    used_code = ForeignKeyField(PromoCode, backref="+", null=True, index=False)
    click = ForeignKeyField(Click, backref="+", null=True, index=False)
    customer = CharField(255, null=True)
    attribution = TextField()
    reward_percent = IntegerField(null=True)
    fix_remuneration = BigIntegerField(null=True)
    hold_duration = BigIntegerField()
    canceled_duration = BigIntegerField()
    payment_sum = BigIntegerField()
    conversion_time = BigIntegerField()
    paid_at = BigIntegerField(null=True)
    approved_at = BigIntegerField(null=True)
    canceled_at = BigIntegerField(null=True)
    modified_at = BigIntegerField()
    due_at = BigIntegerField(null=True)

    class Meta:
        table_name = "deal"
        legacy_table_names = False
        indexes = (
            (("partner", "deal_id"), True),
            (("partner", "id"), False),
            (("partner", "status", "id"), False),
            (("catalog", "id"), False),
            (("offer", "id"), False),
            (("promotion", "id"), False),
            (("partner", "conversion_time"), False),
        )
        constraints = [
            Check("status IN ('Created', 'Paid', 'Canceled')", "deal_status_is_known"),
            Check("cost >= 0", "deal_cost_not_negative"),
            Check("NOT is_returned OR status = 'Canceled'", "deal_returned_is_canceled"),
            Check("approved_at IS NULL OR paid_at IS NOT NULL", "deal_approved_was_paid"),
        ]


Deal.add_index(Deal.index(Deal.due_at, where=SQL("due_at IS NOT NULL"), name="deal_due"))


class Transfer(Model):
    id = BigAutoField()
    reason = CharField(24)
    deal = ForeignKeyField(Deal, backref="+", null=True)
    at = BigIntegerField()

    class Meta:
        table_name = "transfer"
        legacy_table_names = False


class Entry(Model):
    id = BigAutoField()
    transfer = ForeignKeyField(Transfer, backref="+")
    partner = ForeignKeyField(Partner, backref="+", index=False)
    account = CharField(16)
    counterparty = ForeignKeyField(Partner, backref="+", index=False)
    currency = CharField(3)
    amount = BigIntegerField()

    class Meta:
        table_name = "entry"
        legacy_table_names = False
        indexes = ((("partner", "account", "currency", "counterparty"), False),)
        constraints = [
            Check("account IN ('owed', 'held', 'due', 'paid')", "entry_account_is_known"),
            Check("amount <> 0", "entry_moves_something"),
        ]


class Event(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    type = CharField(48)
    thing = CharField(24)
    thing_id = CharField(64)
    actor = CharField(64)
    data = TextField()
    at = BigIntegerField()
    position = BigIntegerField(null=True)

    class Meta:
        table_name = "event"
        legacy_table_names = False
        indexes = (
            (("partner", "position"), False),
            (("partner", "thing", "thing_id", "id"), False),
        )


Event.add_index(Event.index(Event.position, unique=True, name="event_by_position"))


Event.add_index(Event.index(Event.id, where=SQL("position IS NULL"), name="event_without_position"))


class IdempotencyRecord(Model):
    id = BigAutoField()
    credential = CharField(64)
    key = CharField(255)
    request_digest = CharField(64)
    status = IntegerField(null=True)
    headers = TextField(null=True)
    body = TextField(null=True)
    created_at = BigIntegerField(index=True)

    class Meta:
        table_name = "idempotency_record"
        legacy_table_names = False
        indexes = ((("credential", "key"), True),)


class InstallationFact(Model):
    name = CharField(64, primary_key=True)
    value = TextField()

    class Meta:
        table_name = "installation_fact"
        legacy_table_names = False


class Mail(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", null=True)
    to = CharField(254)
    subject = CharField(255)
    text = TextField()
    state = CharField(16)
    attempts = IntegerField()
    due_at = BigIntegerField(null=True)
    error = TextField(null=True)
    created_at = BigIntegerField()
    sent_at = BigIntegerField(null=True)

    class Meta:
        table_name = "mail"
        legacy_table_names = False


Mail.add_index(Mail.index(Mail.due_at, where=SQL("due_at IS NOT NULL"), name="mail_due"))


class Member(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    first_name = CharField(120)
    surname = CharField(120, null=True)
    mail = CharField(254, null=True)
    phone = CharField(20, null=True)
    gender = IntegerField(null=True)
    date_of_birth = DateField(null=True)
    external_user_id = CharField(255, null=True)
    password_hash = CharField(200, null=True)
    created_at = BigIntegerField()
    updated_at = BigIntegerField()

    class Meta:
        table_name = "member"
        legacy_table_names = False
        indexes = (
            (("partner", "id"), False),
            (("partner", "mail"), True),
            (("partner", "phone"), True),
            (("partner", "external_user_id"), True),
        )


class Membership(Model):
    id = BigAutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", backref="+")
    partner = ForeignKeyField(Partner, backref="+")
    role = CharField(16)
    created_at = BigIntegerField()

    class Meta:
        table_name = "membership"
        legacy_table_names = False
        indexes = ((("user", "partner"), True),)
        constraints = [
            Check("role IN ('owner', 'manager', 'cashier', 'viewer')", "membership_role_is_known"),
        ]


class OfferPrice(Model):
    id = BigAutoField()
    offer = ForeignKeyField(Offer, on_delete="CASCADE", backref="+", index=False)
    currency = CharField(3)
    cost = BigIntegerField()

    class Meta:
        table_name = "offer_price"
        legacy_table_names = False
        indexes = ((("offer", "currency"), True),)
        constraints = [
            Check("cost >= 0", "offer_price_not_negative"),
        ]


class PasswordReset(Model):
    id = BigAutoField()
    user = ForeignKeyField(User, on_delete="CASCADE", backref="+")
    key_digest = CharField(64, unique=True)
    expires_at = BigIntegerField()
    used_at = BigIntegerField(null=True)

    class Meta:
        table_name = "password_reset"
        legacy_table_names = False


class Picture(Model):
    id = BigAutoField()
    key = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    source_url = TextField(null=True)
    source_digest = CharField(64)
    body = BlobField(null=True)
    content_type = CharField(32, null=True)
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    attempts = IntegerField()
    due_at = BigIntegerField(null=True)
    error = TextField(null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "picture"
        legacy_table_names = False
        indexes = ((("partner", "source_digest"), True),)


Picture.add_index(Picture.index(Picture.due_at, where=SQL("due_at IS NOT NULL"), name="picture_due"))


class PromoterTerms(Model):
    offer = ForeignKeyField(Offer, on_delete="CASCADE", backref="+", primary_key=True)
    is_promocode_allowed = BooleanField()
    reward_percent = IntegerField(null=True)
    fix_remuneration = BigIntegerField(null=True)

    class Meta:
        table_name = "promoter_terms"
        legacy_table_names = False
        constraints = [
            Check("reward_percent IS NULL OR fix_remuneration IS NULL", "promoter_terms_one_reward"),
            Check("reward_percent BETWEEN 5 AND 9500", "promoter_terms_percent_in_range"),
            Check("fix_remuneration >= 0", "promoter_terms_fix_not_negative"),
        ]


class Refusal(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    thing = CharField(24)
    thing_id = CharField(64)
    sentence = CharField(500)
    steps = TextField()
    actor = CharField(64)
    at = BigIntegerField()

    class Meta:
        table_name = "refusal"
        legacy_table_names = False
        indexes = ((("partner", "thing", "thing_id", "id"), False),)


class RefusalCount(Model):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    thing = CharField(24)
    thing_id = CharField(64)
    step = CharField(48)
    day = CharField(10)
    count = IntegerField()

    class Meta:
        table_name = "refusal_count"
        legacy_table_names = False
        indexes = ((("partner", "thing", "thing_id", "step", "day"), True),)


class Sequence(Model):
    name = CharField(32, primary_key=True)
    value = BigIntegerField()

    class Meta:
        table_name = "sequence"
        legacy_table_names = False


class SignIn(Model):
    id = BigAutoField()
    key_digest = CharField(64, unique=True)
    user = ForeignKeyField(User, on_delete="CASCADE", backref="+")
    acting_partner = ForeignKeyField(Partner, backref="+", null=True)
    address = CharField(45)
    agent = CharField(255)
    created_at = BigIntegerField()
    seen_at = BigIntegerField()
    expires_at = BigIntegerField()
    ended_at = BigIntegerField(null=True)

    class Meta:
        table_name = "sign_in"
        legacy_table_names = False


TABLES = [
    Partner,
    Category,
    Catalog,
    Promotion,
    Landing,
    Click,
    User,
    ClientToken,
    Offer,
    PromoCode,
    Deal,
    Transfer,
    Entry,
    Event,
    IdempotencyRecord,
    InstallationFact,
    Mail,
    Member,
    Membership,
    OfferPrice,
    PasswordReset,
    Picture,
    PromoterTerms,
    Refusal,
    RefusalCount,
    Sequence,
    SignIn,
]

CATEGORIES = [
    "Arts and culture",
    "Automotive",
    "Baby and kids",
    "Beauty",
    "Books",
    "Business services",
    "Clothing",
    "Education",
    "Electronics",
    "Entertainment",
    "Events and tickets",
    "Finance",
    "Food and drink",
    "Games",
    "Gifts",
    "Health",
    "Home and garden",
    "Insurance",
    "Jewellery",
    "Marketing",
    "Pets",
    "Real estate",
    "Software",
    "Sports",
    "Telecom",
    "Travel",
    "Other",
]


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
        Sequence.insert(name="event", value=0).execute()
        Category.insert_many([{"uuid": str(uuid.uuid4()), "name": name} for name in CATEGORIES]).execute()


def down(migrator, db):
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
