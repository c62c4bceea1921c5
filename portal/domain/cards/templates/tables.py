"""Templates of loyalty cards: what a card of one counts, by which rules, and how it looks (contract: cards)."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, Check, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid, random_base62
from portal.domain.offers.tables import Catalog

KEY = 22  # letters of 62: 130 bits


def new_key() -> str:
    """A secret for a link that is as good as a password."""
    return random_base62(KEY)


class CardTemplate(BaseModel):
    """What the cards of one kind are. Money is minor units of its currency, percentages are hundredths."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False, backref="card_templates")
    name = CharField(120)
    kind = IntegerField()  # `type` on the wire, 0 to 7
    mechanics = CharField(16)
    key = CharField(22, unique=True, default=new_key)  # of the link by which people get a card
    currency = CharField(3)
    # How it counts
    stamps_total = IntegerField(null=True)  # stamp: so many for a reward
    step = BigIntegerField(null=True)  # spend: each so much money …
    step_gives = IntegerField(null=True)  # … gives so many stamps or points
    visit_gives = IntegerField(null=True)  # reward with visits: a visit gives so many points
    percent = IntegerField(null=True)  # cashback
    first_visit_percent = IntegerField(null=True)  # off the first purchase, said on the card
    # Rules of earning
    least_purchase = BigIntegerField(null=True)  # a purchase below earns nothing
    most_a_day = IntegerField(null=True)  # operations that earn, a card and day of the partner's
    most_at_once = IntegerField(null=True)  # stamps, visits, points of one operation
    earns_on_points = BooleanField(default=True)  # also on what was paid with points
    # What ends
    card_days = IntegerField(null=True)  # a card, after it was issued
    lot_days = IntegerField(null=True)  # what was earned, each lot by itself
    # Deals that credit, and referral
    deal_gives = IntegerField(null=True)  # each deal gives so many; null: by what was paid, as a purchase
    credits_deals = BooleanField(default=False)
    referrer_gets = IntegerField(null=True)
    friend_gets = IntegerField(null=True)
    # How it looks
    background = CharField(7, default="#1f4b99")
    foreground = CharField(7, default="#ffffff")
    label_colour = CharField(7, default="#cfdcf5")
    stamp_icon = CharField(32, default="star")
    logo = CharField(36, null=True)  # the key of one of the partner's pictures
    texts = JsonField(default=dict)  # what is told of it: about, reward, how_to_earn, terms, support
    created_at = InstantField(default=clock.now)
    updated_at = InstantField(default=clock.now)
    archived_at = InstantField(null=True)  # no card more of it; those that are go on
    in_club = BooleanField(default=True)  # guests of its partner's club are offered it; others need its link

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


class TemplateCatalog(BaseModel):
    """Deals of the catalog credit cards of the template."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, index=False, backref="catalogs")
    catalog = ForeignKeyField(Catalog, backref="+")

    class Meta:
        indexes = ((("template", "catalog"), True),)


class CardField(BaseModel):
    """What a template asks of whoever gets a card of it. `kind` is `type` on the wire, `place` its order."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, index=False, backref="fields")
    name = CharField(120)
    kind = CharField(16)
    place = IntegerField()
    is_required = BooleanField(default=False)
    is_unique = BooleanField(default=False)
    removed_at = InstantField(null=True)

    class Meta:
        indexes = ((("template", "place"), False),)
        constraints = [
            Check(
                "kind IN ('phone', 'email', 'FName', 'SName', 'DateOfBirth', 'text', 'number', 'date', 'boolean')",
                "card_field_kind_is_known",
            )
        ]


class RewardTier(BaseModel):
    """What points of a reward card are exchanged for. `value` is minor units, hundredths of a percent, or what the partner means."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, index=False, backref="reward_tiers")
    name = CharField(120)
    kind = IntegerField()  # `type` on the wire: 0 custom, 1 amount, 2 percent
    value = BigIntegerField()  # hundredths of what is on the wire
    threshold = BigIntegerField(default=0)  # points that it costs
    usage_limit = IntegerField(null=True)  # times, all cards together
    value_limit = BigIntegerField(null=True)  # hundredths: the most that a percentage is worth
    used = IntegerField(default=0)  # times
    created_at = InstantField(default=clock.now)
    removed_at = InstantField(null=True)

    class Meta:
        indexes = ((("template", "id"), False),)
        constraints = [
            Check("kind IN (0, 1, 2)", "reward_tier_kind_is_known"),
            Check("value >= 0 AND threshold >= 0", "reward_tier_is_not_negative"),
            Check("used >= 0 AND (usage_limit IS NULL OR used <= usage_limit)", "reward_tier_within_its_limit"),
        ]


class MembershipTier(BaseModel):
    """What members of a membership card's level get: so many visits a period, or any number."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, index=False, backref="membership_tiers")
    name = CharField(120)
    visits = IntegerField(null=True)  # a period; null where the template is without limits
    created_at = InstantField(default=clock.now)
    removed_at = InstantField(null=True)

    class Meta:
        indexes = ((("template", "id"), False),)
        constraints = [Check("visits IS NULL OR visits > 0", "membership_tier_visits_are_over_zero")]


class DiscountLevel(BaseModel):
    """From so many points a discount card gives so much. Points are hundredths, percentages too."""

    id = BigAutoField()
    template = ForeignKeyField(CardTemplate, index=False, backref="levels")
    threshold = BigIntegerField()
    percent = IntegerField()

    class Meta:
        indexes = ((("template", "threshold"), True),)
        constraints = [
            Check("threshold >= 0", "discount_level_threshold_is_not_negative"),
            Check("percent >= 0 AND percent <= 10000", "discount_level_percent_is_one"),
        ]
