"""Member offers: what members of a club may use, their uses, collections, codes of the counter, bans. Frozen."""

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


class Member(Frozen):
    id = BigAutoField()


class Segment(Frozen):
    id = BigAutoField()


class Offer(Frozen):
    id = BigAutoField()


class MemberTerms(Frozen):
    id = BigAutoField()
    offer = ForeignKeyField(Offer, unique=True, backref="+")
    partner = ForeignKeyField(Partner, index=False, backref="+")
    scope = CharField(16)
    type = CharField(10)
    is_shown = BooleanField()
    audience = ForeignKeyField(Segment, null=True, index=False, backref="+")
    external_url = TextField(null=True)
    usable_since = BigIntegerField(null=True)
    usable_until = BigIntegerField(null=True)
    active_seconds = IntegerField(null=True)
    needs_authorization = BooleanField()
    member_limit = BigIntegerField(null=True)
    period = CharField(6, null=True)
    period_limit = BigIntegerField(null=True)
    global_limit = BigIntegerField(null=True)
    uses = BigIntegerField()
    stores = TextField()
    tags = TextField()
    images = TextField()
    read_more = TextField(null=True)
    activation_texts = TextField(null=True)
    extras = TextField()
    created_at = BigIntegerField()
    modified_at = BigIntegerField()

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


MemberTerms.add_index(
    MemberTerms.index(MemberTerms.audience, where=SQL("audience_id IS NOT NULL"), name="member_terms_with_audience")
)


class OfferLabel(Frozen):
    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
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


class ClubSettings(Frozen):
    partner = ForeignKeyField(Partner, primary_key=True, on_delete="CASCADE", backref="+")
    active_seconds = IntegerField()

    class Meta:
        constraints = [Check("active_seconds BETWEEN 0 AND 86400", "club_settings_active_within_a_day")]


class OfferMember(Frozen):
    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    uses = BigIntegerField()
    last_used_at = BigIntegerField(null=True)
    active_until = BigIntegerField(null=True)
    liked_at = BigIntegerField(null=True)
    granted_at = BigIntegerField(null=True)
    granted_until = BigIntegerField(null=True)

    class Meta:
        indexes = ((("terms", "member"), True),)
        constraints = [Check("uses >= 0", "offer_member_uses_are_not_negative")]


class OfferUse(Frozen):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, index=False, backref="+")
    terms = ForeignKeyField(MemberTerms, index=False, backref="+")
    member = ForeignKeyField(Member, index=False, backref="+")
    used_at = BigIntegerField()
    active_until = BigIntegerField()
    undone_at = BigIntegerField(null=True)

    class Meta:
        indexes = (
            (("member", "terms", "used_at"), False),
            (("terms", "used_at"), False),
            (("partner", "used_at"), False),
        )
        constraints = [Check("active_until >= used_at", "offer_use_is_active_from_then_on")]


class AuthorizationCode(Frozen):
    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="+")
    digest = CharField(64)
    expires_at = BigIntegerField(index=True)
    used_at = BigIntegerField(null=True)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("member", "terms", "digest"), False),)


class Collection(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    title = CharField(120)
    description = TextField(null=True)
    position = IntegerField()
    files = TextField()
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "position", "id"), False),)


class CollectionOffer(Frozen):
    id = BigAutoField()
    collection = ForeignKeyField(Collection, index=False, on_delete="CASCADE", backref="+")
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    position = IntegerField()

    class Meta:
        indexes = ((("collection", "terms"), True), (("terms", "collection"), False))
        constraints = [Check("position >= 0", "collection_offer_position_is_not_negative")]


class OfferDay(Frozen):
    id = BigAutoField()
    terms = ForeignKeyField(MemberTerms, index=False, on_delete="CASCADE", backref="+")
    day = CharField(10)
    seen = BigIntegerField()
    clicked = BigIntegerField()

    class Meta:
        indexes = ((("terms", "day"), True),)


OLDER = (Partner, Member, Segment, Offer)
NEW = (
    ClubSettings, MemberTerms, OfferLabel, OfferMember, OfferUse, AuthorizationCode, Collection, CollectionOffer, OfferDay,
)  # fmt: skip


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)
    db.execute_sql('ALTER TABLE "member" ADD COLUMN "banned_until" BIGINT')
    db.execute_sql('ALTER TABLE "member" ADD COLUMN "ban_reason" VARCHAR(255)')


def down(migrator, db):
    for column in ("banned_until", "ban_reason"):
        db.execute_sql(f'ALTER TABLE "member" DROP COLUMN "{column}"')
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
