"""Loyalty cards: whose, of which template, and what is on them (contract: cards)."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.cards.templates.tables import CardField, CardTemplate, MembershipTier, new_key
from portal.domain.members.tables import Member
from portal.domain.typed import ends

# What a card counts: each is the sum of its entries, always. `rest` is money that is no stamp or point yet, `spent` the
# money of a life, `owed` what a canceled deal could not take: in what its credits are, stamps or points.
FIELDS = ("uses", "rewards", "balance", "bonus", "visits", "rest", "spent", "coupon", "owed")


class Card(BaseModel):
    """A customer's card. What it counts is in the smallest unit of each: stamps, visits, points, or minor units of money."""

    id = BigAutoField()
    serial = CharField(14, unique=True)
    partner = ForeignKeyField(Partner, index=False)
    template = ForeignKeyField(CardTemplate, index=False)
    member = ForeignKeyField(Member, index=False, backref="cards")
    key = CharField(22, unique=True, default=new_key)  # of its own page: whoever has the link sees the card
    share_key = CharField(12, unique=True)  # of the link that its holder passes on
    referred_by = ForeignKeyField("self", null=True, backref="referred")
    referral_paid_at = InstantField(null=True)
    uses = BigIntegerField(default=0)
    rewards = BigIntegerField(default=0)
    balance = BigIntegerField(default=0)
    bonus = BigIntegerField(default=0)
    visits = BigIntegerField(default=0)
    rest = BigIntegerField(default=0)
    spent = BigIntegerField(default=0)
    coupon = BigIntegerField(default=0)
    owed = BigIntegerField(default=0)
    rewards_earned = BigIntegerField(default=0)
    rewards_redeemed = BigIntegerField(default=0)
    stamps_by_referral = BigIntegerField(default=0)
    points_by_referral = BigIntegerField(default=0)
    last_stamp_at = InstantField(null=True)
    last_reward_at = InstantField(null=True)
    last_redeemed_at = InstantField(null=True)
    coupon_redeemed_at = InstantField(null=True)
    membership_tier = ForeignKeyField(MembershipTier, null=True, backref="cards")
    tier_period = CharField(8, null=True)
    tier_since = InstantField(null=True)  # its periods begin at this day of the month, and hour
    tier_next_at = InstantField(null=True)  # when the present period ends
    due_at = InstantField(null=True)  # when something of it ends by itself: a lot, or the period of its membership
    utm_source = CharField(120, null=True)
    device = CharField(16, null=True)  # what it was installed on last: apple, google, pwa
    installed_at = InstantField(null=True)
    muted_at = InstantField(null=True)  # its holder wants no pushes
    expires_at = InstantField(null=True)
    deleted_at = InstantField(null=True)
    moved_to = ForeignKeyField("self", null=True, backref="moved_from")
    created_at = InstantField(default=clock.now)
    updated_at = InstantField(default=clock.now)

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
# The partner stands in it, for its cards are asked for by both: PostgreSQL would walk through all of them instead.
Card.add_index(Card.index(Card.template, Card.partner, Card.id, where=_LIVE, name="card_of_template"))
Card.add_index(Card.index(Card.template, Card.id, name="card_of_its_template"))  # Those that were deleted, too.
Card.add_index(Card.index(Card.member, Card.id, name="card_of_member"))
# What few cards are, of a partner that has many.
Card.add_index(Card.index(Card.partner, Card.id, where=SQL("deleted_at IS NOT NULL"), name="card_deleted"))
Card.add_index(Card.index(Card.partner, Card.id, where=SQL("owed > 0"), name="card_owing"))
Card.add_index(
    Card.index(
        Card.partner, Card.expires_at, where=SQL("expires_at IS NOT NULL AND deleted_at IS NULL"), name="card_ending"
    )
)
Card.add_index(
    Card.index(Card.partner, Card.due_at, where=SQL("due_at IS NOT NULL AND deleted_at IS NULL"), name="card_due")
)
_INSTALLED = SQL("installed_at IS NOT NULL AND deleted_at IS NULL")
Card.add_index(Card.index(Card.partner, Card.id, where=_INSTALLED, name="card_installed"))
Card.add_index(Card.index(Card.template, Card.partner, Card.id, where=_INSTALLED, name="card_installed_of_template"))
Card.add_index(Card.index(Card.template, Card.installed_at, where=_INSTALLED, name="card_by_installation"))
# In one with the partner: an index that began with it would be taken for what only asks whose a card is.
SERIAL_END = ends.kept(
    "partner_id", (f"SUBSTR(serial, {place}, 1)" for place in (14, 13, 12, 10, 9, 8))
)  # Dashes are left out.
Card.add_index(Card.index(SQL(SERIAL_END), name="card_by_serial_end"))


class CardFieldValue(BaseModel):
    """What somebody answered to a field of the template. `unique_value` is set where the field allows each answer once."""

    id = BigAutoField()
    card = ForeignKeyField(Card, index=False, on_delete="CASCADE")
    field = ForeignKeyField(CardField, index=False)
    value = CharField(1000)
    unique_value = CharField(1000, null=True)

    class Meta:
        indexes = ((("card", "field"), True), (("field", "unique_value"), True))
