"""Members: a partner's customers, the same people for cards, member offers and deals."""

from peewee import SQL, BigAutoField, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField

from portal import clock
from portal.database import BaseModel, InstantField, JsonField
from portal.domain.accounts.tables import Partner
from portal.domain.identifiers import new_uuid
from portal.domain.typed import ends
from portal.domain.typed.likeness import LONGEST


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
    messages_off_at = InstantField(null=True)  # since when they want no news; consents/messages.py
    banned_until = InstantField(null=True)  # the member uses no offers until then
    ban_reason = CharField(255, null=True)  # for the partner's people
    # What lists ask for, kept by whoever writes it.
    birth_month = IntegerField(null=True)
    has_card = BooleanField(default=False)  # one that is not deleted
    seen_at = InstantField(default=clock.EPOCH)  # never after they were here last: customers/seen.py catches up with it
    name_key = CharField(LONGEST, null=True)  # likeness.py
    mail_key = CharField(LONGEST, null=True)
    created_at = InstantField(default=clock.now)
    updated_at = InstantField(default=clock.now)

    class Meta:
        indexes = (
            (("partner", "mail"), True),
            (("partner", "phone"), True),
            (("partner", "external_user_id"), True),
        )


_PRESENT = SQL("erased_at IS NULL AND merged_into_id IS NULL")
Member.add_index(Member.index(Member.partner, Member.id, where=_PRESENT, name="member_present"))
Member.add_index(
    Member.index(Member.partner, Member.has_card, Member.id, where=_PRESENT, name="member_by_having_cards")
)
Member.add_index(Member.index(Member.partner, Member.seen_at, Member.id, where=_PRESENT, name="member_by_seen"))
for _kept in (Member.birth_month, Member.name_key, Member.mail_key):
    _is_known = SQL(f"{_kept.name} IS NOT NULL")
    Member.add_index(Member.index(Member.partner, _kept, Member.id, where=_is_known, name=f"member_by_{_kept.name}"))
# In one with the partner: an index that began with it would be taken for what only asks whose a customer is.
PHONE_END = ends.kept("partner_id", ends.of("phone"))
Member.add_index(Member.index(SQL(PHONE_END), name="member_by_phone_end"))


class MemberWord(BaseModel):
    """A word that a customer is found by. On PostgreSQL words are compared letter by letter, as SQLite does."""

    id = BigAutoField()
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="+")
    word = CharField(64)
    partner = ForeignKeyField(Partner, index=False, backref="+")

    class Meta:
        indexes = ((("member", "word"), True), (("partner", "word", "member"), False))


class MemberLikeness(BaseModel):
    """How many of a partner's customers have one of their keys in common."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    key = CharField(LONGEST)
    is_by_name = BooleanField()  # else by the mailbox
    customers = IntegerField()

    class Meta:
        indexes = ((("partner", "key"), True),)
        constraints = [Check("customers >= 0", "member_likeness_is_not_negative")]


_SEVERAL = SQL("customers > 1")
MemberLikeness.add_index(
    MemberLikeness.index(
        MemberLikeness.partner,
        MemberLikeness.is_by_name,
        MemberLikeness.id,
        where=_SEVERAL,
        name="member_likeness_of_several",
    )
)


class Segment(BaseModel):
    """A group of a partner's customers: those whom somebody put into it, or whoever fits its rule at the moment."""

    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="segments")
    name = CharField(60)
    name_key = CharField(255)  # what it is told apart by
    rule = JsonField(null=True)  # null: people are put into it
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("partner", "name_key"), True),)


class SegmentMember(BaseModel):
    """Somebody put the customer into the segment."""

    id = BigAutoField()
    segment = ForeignKeyField(Segment, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = ((("segment", "member"), True),)
