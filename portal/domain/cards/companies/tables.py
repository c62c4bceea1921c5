"""Tariffs of a reseller's, and what is known of its companies beside what every partner has."""

from peewee import (
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
from portal.domain.accounts.tables import Partner, User


class Tariff(BaseModel):
    """What a reseller's companies may use, and what it costs them. Prices are minor units; null is not for sale so long."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False)  # the reseller
    name = CharField(120)
    kind = CharField(16, default="paid")  # `type` on the wire
    country = CharField(2, null=True)
    currency = CharField(3)
    month_price = BigIntegerField(null=True)
    quarter_price = BigIntegerField(null=True)
    year_price = BigIntegerField(null=True)
    templates = IntegerField()  # at most so many of each
    managers = IntegerField()
    locations = IntegerField()
    integrations = IntegerField()
    push = BooleanField(default=True)
    auto_push = BooleanField(default=True)
    custom_auto_push = BooleanField(default=True)
    custom_fields = BooleanField(default=True)
    duplicates_check = BooleanField(default=True)
    may_integrate = BooleanField(default=True)  # the option `integrations`, beside the limit of that name
    referral_program = BooleanField(default=True)
    reports = BooleanField(default=True)
    white_label = BooleanField(default=True)
    created_at = InstantField(default=clock.now)
    updated_at = InstantField(default=clock.now)
    withdrawn_at = InstantField(null=True)  # nobody gets it anew; who has it keeps it

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


class Company(BaseModel):
    """A sub-account: a partner with a parent. Without such a row a partner has no tariff, and no limit."""

    partner = ForeignKeyField(Partner, primary_key=True, backref="+")
    owner = ForeignKeyField(User, null=True, index=False, on_delete="SET NULL", backref="+")  # `userId` on the wire
    tariff = ForeignKeyField(Tariff, backref="companies")
    tariff_period = CharField(16)
    expires_at = InstantField(null=True)  # afterwards it reads, and changes nothing that its tariff carries
    mail = CharField(254, unique=True)  # lower case
    phone = CharField(40)
    note = TextField(null=True)
    country = CharField(2)
    state = CharField(120, null=True)
    state_code = CharField(10, null=True)
    city = CharField(120, null=True)
    street = CharField(255, null=True)
    postal_code = CharField(20, null=True)
    website = CharField(2048, null=True)
    updated_at = InstantField(default=clock.now)
    deleted_at = InstantField(null=True)

    class Meta:
        constraints = [
            Check(
                "tariff_period IN ('trial', 'month', 'two_months', 'quarter', 'six_months', 'nine_months', 'year')",
                "company_tariff_period_is_known",
            )
        ]
