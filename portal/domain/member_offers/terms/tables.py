"""The member's face of offers, and what holds for all offers of a club (contract: member-offers)."""

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
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.member_offers.words import REGULAR, STANDARD
from portal.domain.members.tables import Segment
from portal.domain.offers.tables import Offer

USUAL_ACTIVE_SECONDS = 35


class MemberTerms(BaseModel):
    """What members see of an offer, and how often they may use it. A limit that is null limits nothing."""

    id = BigAutoField()
    offer = ForeignKeyField(Offer, unique=True, backref="member_terms")
    partner = ForeignKeyField(Partner, index=False, backref="+")
    scope = CharField(16, default=STANDARD)
    type = CharField(10, default=REGULAR)
    is_shown = BooleanField(default=True)
    audience = ForeignKeyField(Segment, null=True, index=False, backref="+")  # who sees it; null: everybody
    external_url = TextField(null=True)
    usable_since = InstantField(null=True)
    usable_until = InstantField(null=True)  # the first moment that is out
    active_seconds = IntegerField(null=True)  # how long a use is shown as active; null: as the club says
    needs_authorization = BooleanField(default=False)
    member_limit = BigIntegerField(null=True)  # uses of one member
    period = CharField(6, null=True)
    period_limit = BigIntegerField(null=True)  # uses of one member within a calendar period of the club's time zone
    global_limit = BigIntegerField(null=True)  # uses of all members
    uses = BigIntegerField(default=0)  # of all members, those that were undone apart
    stores = JsonField(default=list)
    tags = JsonField(default=list)
    read_more = JsonField(null=True)
    activation_texts = JsonField(null=True)
    extras = JsonField(default=dict)
    created_at = InstantField(default=clock.now)
    modified_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "scope", "created_at"), False),)
        constraints = [
            Check(
                "scope IN ('standard', 'informational', 'parking', 'carbon_offset', 'reward')",
                "member_terms_scope_is_known",
            ),
            Check("type IN ('REGULAR', 'EXCLUSIVE', 'BIRTHDAY', 'WELCOME')", "member_terms_type_is_known"),
            Check("usable_since < usable_until", "member_terms_end_after_they_begin"),
            Check("active_seconds >= 0", "member_terms_active_is_not_negative"),
            Check("member_limit >= 1 AND period_limit >= 1 AND global_limit >= 1", "member_terms_limits_are_one_use"),
            Check("(period IS NULL) = (period_limit IS NULL)", "member_terms_period_has_a_limit"),
            Check(
                "period IN ('MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR')",
                "member_terms_period_is_known",
            ),
            Check("uses >= 0", "member_terms_uses_are_not_negative"),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nobody can use it any more."""
        return clock.has_passed(self.usable_until)


MemberTerms.add_index(
    MemberTerms.index(MemberTerms.audience, where=SQL("audience_id IS NOT NULL"), name="member_terms_with_audience")
)


class OfferLabel(BaseModel):
    """A store or a tag that offers are found by."""

    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="labels")
    partner = ForeignKeyField(Partner, index=False, backref="+")
    kind = CharField(5)
    name = CharField(120)
    name_key = CharField(255)

    class Meta:
        indexes = (
            (("terms", "kind", "name_key"), True),
            (("partner", "kind", "name_key"), False),
        )
        constraints = [Check("kind IN ('store', 'tag')", "offer_label_kind_is_known")]


class ClubSettings(BaseModel):
    """What holds for all offers of a partner's club."""

    partner = ForeignKeyField(Partner, primary_key=True, on_delete="CASCADE", backref="+")
    active_seconds = IntegerField(default=USUAL_ACTIVE_SECONDS)

    class Meta:
        constraints = [Check("active_seconds BETWEEN 0 AND 86400", "club_settings_active_within_a_day")]
