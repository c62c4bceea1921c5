"""Filters of the list of deals that people keep under a name."""

from peewee import SQL, BigAutoField, CharField, ForeignKeyField, TextField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner, User
from portal.domain.identifiers import new_uuid


class SavedView(BaseModel):
    """A name for what stands behind the question mark of the list's address. Without a person it is the whole team's."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False)
    person = ForeignKeyField(User, null=True, on_delete="CASCADE")
    name = CharField(60)
    query = TextField()
    created_at = InstantField(default=clock.now)


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
