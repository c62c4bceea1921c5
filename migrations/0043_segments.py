"""Segments of customers, and who was put into them. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class Segment(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, backref="+", index=False)
    name = CharField(60)
    name_key = CharField(255)
    rule = TextField(null=True)
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("partner", "name_key"), True),)


class SegmentMember(Frozen):
    id = BigAutoField()
    segment = ForeignKeyField(Segment, backref="+", index=False, on_delete="CASCADE")
    member = ForeignKeyField(Member, backref="+", on_delete="CASCADE")
    created_at = BigIntegerField()

    class Meta:
        indexes = ((("segment", "member"), True),)


def up(migrator, db):
    with db.bind_ctx([Partner, Member, Segment, SegmentMember]):
        db.create_tables([Segment, SegmentMember])


def down(migrator, db):
    with db.bind_ctx([Partner, Member, Segment, SegmentMember]):
        db.drop_tables([Segment, SegmentMember])
