"""The feed tells of an offer that goes to another catalog. Frozen."""

from peewee import SQL, BigAutoField, BigIntegerField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Catalog(Frozen):
    id = BigAutoField()


class FeedListing(Frozen):
    id = BigAutoField()


class FeedDeparture(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    listing = ForeignKeyField(FeedListing, index=False, on_delete="CASCADE", backref="+")
    catalog = ForeignKeyField(Catalog, index=False, on_delete="CASCADE", backref="+")
    changed_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("listing", "catalog"), True), (("partner", "catalog", "changed_at", "listing"), False))


FeedDeparture.add_index(
    FeedDeparture.index(
        FeedDeparture.partner, FeedDeparture.id, where=SQL("changed_at IS NULL"), name="feed_departure_fresh"
    )
)
TABLES = [Partner, Catalog, FeedListing, FeedDeparture]


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables([FeedDeparture])


def down(migrator, db):
    with db.bind_ctx(TABLES):
        db.drop_tables([FeedDeparture])
