"""Groups of promoters, and rewards for one promoter or a group. Frozen: models are copied here."""

from peewee import BigAutoField, BigIntegerField, CharField, Check, ForeignKeyField, IntegerField, Model


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"


class Catalog(Model):
    id = BigAutoField()

    class Meta:
        table_name = "catalog"


class Offer(Model):
    id = BigAutoField()

    class Meta:
        table_name = "offer"


class PromoterGroup(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(60)
    folded = CharField(180)
    created_at = BigIntegerField()

    class Meta:
        table_name = "promoter_group"
        legacy_table_names = False
        indexes = ((("merchant", "folded"), True),)


class GroupMember(Model):
    id = BigAutoField()
    group = ForeignKeyField(PromoterGroup, backref="+", on_delete="CASCADE")
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    promoter = ForeignKeyField(Partner, backref="+", index=False)
    created_at = BigIntegerField()

    class Meta:
        table_name = "group_member"
        legacy_table_names = False
        indexes = ((("merchant", "promoter"), True),)


class SpecialReward(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    merchant = ForeignKeyField(Partner, backref="+", index=False)
    promoter = ForeignKeyField(Partner, backref="+", null=True, index=False)
    group = ForeignKeyField(PromoterGroup, backref="+", null=True, on_delete="CASCADE")
    catalog = ForeignKeyField(Catalog, backref="+", null=True)
    offer = ForeignKeyField(Offer, backref="+", null=True)
    reward_percent = IntegerField(null=True)
    fix_remuneration = BigIntegerField(null=True)
    currency = CharField(3, null=True)
    starts_at = BigIntegerField()
    ends_at = BigIntegerField(null=True)
    created_at = BigIntegerField()

    class Meta:
        table_name = "special_reward"
        legacy_table_names = False
        indexes = ((("merchant", "promoter"), False),)
        constraints = [
            Check("(promoter_id IS NULL) <> (group_id IS NULL)", "special_reward_for_one"),
            Check("(catalog_id IS NULL) <> (offer_id IS NULL)", "special_reward_on_one"),
            Check("(reward_percent IS NULL) <> (fix_remuneration IS NULL)", "special_reward_is_one"),
            Check("(fix_remuneration IS NULL) = (currency IS NULL)", "special_reward_sum_has_currency"),
            Check("reward_percent BETWEEN 5 AND 9500", "special_reward_percent_in_range"),
            Check("fix_remuneration >= 0", "special_reward_fix_not_negative"),
            Check("ends_at > starts_at", "special_reward_ends_after_start"),
        ]


TABLES = [PromoterGroup, GroupMember, SpecialReward]


def up(migrator, db):
    with db.bind_ctx([Partner, Catalog, Offer, *TABLES]):
        db.create_tables(TABLES)


def down(migrator, db):
    with db.bind_ctx([Partner, Catalog, Offer, *TABLES]):
        db.drop_tables(TABLES)
