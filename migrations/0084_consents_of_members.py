"""What members agreed to when they got a card by a form, and when. Frozen."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Member(Frozen):
    id = BigAutoField()


class MemberConsent(Frozen):
    id = BigAutoField()
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    about = CharField(120)
    text = TextField()
    at = BigIntegerField()


def up(migrator, db):
    with db.bind_ctx([Member, MemberConsent]):
        db.create_tables([MemberConsent])
    db.execute_sql('ALTER TABLE "asked_card" ADD COLUMN "consent" TEXT')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "asked_card" DROP COLUMN "consent"')
    with db.bind_ctx([Member, MemberConsent]):
        db.drop_tables([MemberConsent])
