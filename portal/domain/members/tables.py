"""Members: a partner's customers, the same people for cards, member offers and deals."""

from peewee import BigAutoField, CharField, DateField, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid


class Member(BaseModel):
    """A person at one partner. The cards family names it by UUID, member offers by id; null never collides."""

    id = BigAutoField()
    uuid = CharField(36, unique=True, default=new_uuid)
    partner = ForeignKeyField(Partner, index=False, backref="members")
    first_name = CharField(120)
    surname = CharField(120, null=True)
    mail = CharField(254, null=True)  # lower case
    phone = CharField(20, null=True)  # E.164
    phone_typed = CharField(40, null=True)  # as somebody wrote it
    gender = IntegerField(null=True)
    date_of_birth = DateField(null=True)
    external_user_id = CharField(255, null=True)
    password_hash = CharField(200, null=True)
    language = CharField(8, null=True)  # null: their partner's
    erased_at = InstantField(null=True)  # nothing of the person is left but its number
    merged_into = ForeignKeyField("self", null=True, backref="merged")  # somebody was here twice
    created_at = InstantField(default=clock.now)
    updated_at = InstantField(default=clock.now)

    class Meta:
        indexes = (
            (("partner", "id"), False),
            (("partner", "mail"), True),
            (("partner", "phone"), True),
            (("partner", "external_user_id"), True),
        )
