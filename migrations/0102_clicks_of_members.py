"""A member's click, and a code drawn for a member, tell which customer a deal is of. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Offer(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class MemberClick(Frozen):
    id = BigAutoField()
    key = CharField(23, unique=True)
    offer = ForeignKeyField(Offer, index=False, on_delete="CASCADE", backref="+")
    member = ForeignKeyField(Member, index=False, on_delete="CASCADE", backref="+")
    at = BigIntegerField()

    class Meta:
        indexes = ((("member", "offer"), True),)


def up(migrator, db):
    with db.bind_ctx([Offer, Member, MemberClick]):
        db.create_tables([MemberClick])
    db.execute_sql("ALTER TABLE drawn_code ADD COLUMN member_id BIGINT REFERENCES member (id)")
    db.execute_sql("CREATE INDEX drawn_code_of_member ON drawn_code (member_id) WHERE member_id IS NOT NULL")


def down(migrator, db):
    db.execute_sql("DROP INDEX drawn_code_of_member")
    db.execute_sql("ALTER TABLE drawn_code DROP COLUMN member_id")
    with db.bind_ctx([Offer, Member, MemberClick]):
        db.drop_tables([MemberClick])
