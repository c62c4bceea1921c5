"""Members sign in to a partner's club by a mailed code. What was a secret link so far, a template, is not shown there by itself. Frozen."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class AskedCode(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, on_delete="CASCADE", backref="+")
    mail = CharField(254)
    browser_digest = CharField(64, index=True)
    known_member = BigIntegerField(null=True)
    network = CharField(45)
    language = CharField(8, null=True)
    created_at = BigIntegerField()
    expires_at = BigIntegerField(index=True)
    answered_at = BigIntegerField(null=True)
    member = ForeignKeyField(Member, null=True, index=False, on_delete="CASCADE", backref="+")
    used_at = BigIntegerField(null=True)

    class Meta:
        indexes = ((("partner", "mail"), False),)


AskedCode.add_index(AskedCode.index(AskedCode.id, where=SQL("answered_at IS NULL"), name="asked_code_waiting"))


class MemberSignIn(Frozen):
    id = BigAutoField()
    member = ForeignKeyField(Member, on_delete="CASCADE", backref="+")
    key_digest = CharField(64, unique=True)
    mail = CharField(254)
    address = CharField(45)
    agent = CharField(255)
    created_at = BigIntegerField()
    seen_at = BigIntegerField()
    expires_at = BigIntegerField(index=True)
    ended_at = BigIntegerField(null=True)


OLDER, NEW = (Partner, Member), (AskedCode, MemberSignIn)


def up(migrator, db):
    with db.bind_ctx([*OLDER, *NEW]):
        db.create_tables(NEW)
    db.execute_sql('ALTER TABLE "card_template" ADD COLUMN "in_club" BOOLEAN NOT NULL DEFAULT FALSE')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "card_template" DROP COLUMN "in_club"')
    with db.bind_ctx([*OLDER, *NEW]):
        db.drop_tables(NEW)
