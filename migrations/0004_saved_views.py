"""Filters of lists that people keep under a name. Frozen: models are copied here."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField


class Partner(Model):
    id = BigAutoField()

    class Meta:
        table_name = "partner"


class User(Model):
    id = BigAutoField()

    class Meta:
        table_name = "person"


class SavedView(Model):
    id = BigAutoField()
    uuid = CharField(36, unique=True)
    partner = ForeignKeyField(Partner, backref="+", index=False)
    person = ForeignKeyField(User, backref="+", null=True, on_delete="CASCADE")
    name = CharField(60)
    query = TextField()
    created_at = BigIntegerField()

    class Meta:
        table_name = "saved_view"
        legacy_table_names = False


SavedView.add_index(
    SavedView.index(
        SavedView.partner, SavedView.name, unique=True, where=SQL("person_id IS NULL"), name="saved_view_of_team"
    )
)
SavedView.add_index(
    SavedView.index(
        SavedView.partner,
        SavedView.person,
        SavedView.name,
        unique=True,
        where=SQL("person_id IS NOT NULL"),
        name="saved_view_of_person",
    )
)

TABLES = [SavedView]


def up(migrator, db):
    with db.bind_ctx([Partner, User, *TABLES]):
        db.create_tables(TABLES)


def down(migrator, db):
    with db.bind_ctx([Partner, User, *TABLES]):
        db.drop_tables(TABLES)
