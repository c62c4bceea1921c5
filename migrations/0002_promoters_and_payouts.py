"""Promoters who apply, archived catalogs, and payouts. Frozen: models are copied here."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, Model, TextField


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"


class User(Model):
    id = BigAutoField()

    class Meta:
        table_name = "person"


class Deal(Model):
    id = BigAutoField()

    class Meta:
        table_name = "deal"


class PayoutDetails(Model):
    promoter = ForeignKeyField(Partner, backref="+", primary_key=True)
    holder = CharField(120)
    account = CharField(120)
    bank = CharField(120, null=True)
    minimums = TextField()
    invoice_name = CharField(120, null=True)
    invoice_address = TextField(null=True)
    tax_number = CharField(40, null=True)
    modified_at = BigIntegerField()

    class Meta:
        table_name = "payout_details"
        legacy_table_names = False


class PayoutRun(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    actor = CharField(64)
    at = BigIntegerField()

    class Meta:
        table_name = "payout_run"
        legacy_table_names = False
        indexes = ((("merchant", "id"), False),)


class Payout(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    run = ForeignKeyField(PayoutRun, backref="+")
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    promoter = ForeignKeyField(Partner, backref="+", index=False)
    number = BigIntegerField()
    currency = CharField(3)
    amount = BigIntegerField()
    details = TextField(null=True)
    at = BigIntegerField()
    reversed_at = BigIntegerField(null=True)
    reason = TextField(null=True)

    class Meta:
        table_name = "payout"
        legacy_table_names = False
        indexes = (
            (("merchant", "number"), True),
            (("promoter", "id"), False),
            (("merchant", "promoter", "currency", "id"), False),
        )
        constraints = [Check("amount > 0", "payout_is_over_zero")]


class PayoutItem(Model):
    id = BigAutoField()
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    promoter = ForeignKeyField(Partner, backref="+", index=False)
    deal = ForeignKeyField(Deal, backref="+", index=False)
    currency = CharField(3)
    amount = BigIntegerField()
    payout = ForeignKeyField(Payout, backref="+", null=True, index=False)
    at = BigIntegerField()

    class Meta:
        table_name = "payout_item"
        legacy_table_names = False
        indexes = ((("payout", "deal"), True), (("deal", "id"), False))


PayoutItem.add_index(
    PayoutItem.index(PayoutItem.deal, unique=True, where=SQL("payout_id IS NULL"), name="payout_item_open_once")
)
PayoutItem.add_index(
    PayoutItem.index(
        PayoutItem.merchant,
        PayoutItem.promoter,
        PayoutItem.currency,
        PayoutItem.amount,
        where=SQL("payout_id IS NULL"),
        name="payout_item_open",
    )
)


class DealQuestion(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    deal = ForeignKeyField(Deal, backref="+")
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    promoter = ForeignKeyField(Partner, backref="+", index=False)
    question = TextField()
    asked_by = ForeignKeyField(User, backref="+", null=True, on_delete="SET NULL")
    asked_at = BigIntegerField()
    answer = TextField(null=True)
    answered_by = ForeignKeyField(User, backref="+", null=True, on_delete="SET NULL")
    answered_at = BigIntegerField(null=True)

    class Meta:
        table_name = "deal_question"
        legacy_table_names = False
        indexes = ((("merchant", "id"), False), (("promoter", "id"), False))


TABLES = [PayoutDetails, PayoutRun, Payout, PayoutItem, DealQuestion]

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("catalog", "archived_at", "BIGINT"),
    ("promotion", "message", "TEXT"),
    ("promotion", "reason", "TEXT"),
    ("promotion", "ended_by", "VARCHAR(16)"),
    ("promo_code", "ended_by", "VARCHAR(16)"),
    ("deal", "is_self_referral", "BOOLEAN NOT NULL DEFAULT FALSE"),
    ("deal", "catalog_code", "VARCHAR(255)"),
    ("transfer", "payout_id", "BIGINT REFERENCES payout (id)"),
]
INDEXES = [
    ("promotion_catalog_id_state_id", "promotion (catalog_id, state, id)"),
    ("catalog_in_marketplace", "catalog (id) WHERE is_published"),
    ("transfer_payout_id", "transfer (payout_id)"),
    (
        "deal_by_time",
        "deal (partner_id, conversion_time, id, status, approved_at, currency, cost, payment_sum, offer_id)",
    ),
    ("deal_partner_id_status_conversion_time_id", "deal (partner_id, status, conversion_time, id)"),
    ("deal_partner_id_currency_conversion_time_id", "deal (partner_id, currency, conversion_time, id)"),
    ("deal_catalog_id_conversion_time_id", "deal (catalog_id, conversion_time, id)"),
    ("deal_catalog_id_status_conversion_time_id", "deal (catalog_id, status, conversion_time, id)"),
    ("deal_by_used_code", "deal (used_code_id, conversion_time, id) WHERE used_code_id IS NOT NULL"),
    ("deal_promotion_id_conversion_time_id", "deal (promotion_id, conversion_time, id)"),
    ("deal_offer_id_conversion_time_id", "deal (offer_id, conversion_time, id)"),
    ("deal_by_click", "deal (click_id, conversion_time, id) WHERE click_id IS NOT NULL"),
    ("deal_by_customer", "deal (partner_id, customer, conversion_time, id) WHERE customer IS NOT NULL"),
    ("deal_of_nobody", "deal (partner_id, conversion_time, id) WHERE promotion_id IS NULL"),
    ("deal_self_referral", "deal (partner_id, conversion_time, id) WHERE is_self_referral"),
    (
        "deal_pending",
        "deal (partner_id, status, conversion_time, id) WHERE status = 'Paid' AND approved_at IS NULL",
    ),
    (
        "deal_approved",
        "deal (partner_id, status, conversion_time, id) WHERE status = 'Paid' AND approved_at IS NOT NULL",
    ),
]
# Deals are listed in the order of their times, by indexes that end with it.
FORMER_INDEXES = [
    ("deal_partner_id_id", "deal (partner_id, id)"),
    ("deal_partner_id_status_id", "deal (partner_id, status, id)"),
    ("deal_catalog_id_id", "deal (catalog_id, id)"),
    ("deal_promotion_id_id", "deal (promotion_id, id)"),
    ("deal_offer_id_id", "deal (offer_id, id)"),
    ("deal_partner_id_conversion_time", "deal (partner_id, conversion_time)"),
]

# What was approved before payouts were is open.
OPEN_ITEMS = """INSERT INTO payout_item (merchant_id, promoter_id, deal_id, currency, amount, at)
    SELECT d.partner_id, m.promoter_id, d.id, d.currency, d.payment_sum, d.approved_at
    FROM deal d JOIN promotion m ON m.id = d.promotion_id
    WHERE d.status = 'Paid' AND d.approved_at IS NOT NULL AND d.payment_sum <> 0 ORDER BY d.approved_at, d.id"""


def up(migrator, db):
    with db.bind_ctx([Partner, User, Deal, *TABLES]):
        db.create_tables(TABLES)
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    for name, on in INDEXES:
        db.execute_sql(f"CREATE INDEX {name} ON {on}")
    for name, _ in FORMER_INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql(OPEN_ITEMS)


def down(migrator, db):
    for name, on in FORMER_INDEXES:
        db.execute_sql(f"CREATE INDEX {name} ON {on}")
    for name, _ in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    with db.bind_ctx([Partner, User, Deal, *TABLES]):
        db.drop_tables(TABLES)
