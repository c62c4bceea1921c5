"""The words that customers are found by, and the index of those that are there. Frozen."""

import re

from peewee import BigAutoField, CharField, ForeignKeyField, Model, SqliteDatabase


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class Member(Frozen):
    id = BigAutoField()


class MemberWord(Frozen):
    id = BigAutoField()
    member = ForeignKeyField(Member, backref="+", index=False, on_delete="CASCADE")
    word = CharField(64)
    partner = ForeignKeyField(Partner, backref="+", index=False)

    class Meta:
        indexes = ((("member", "word"), True), (("partner", "word", "member"), False))


PRESENT = "erased_at IS NULL AND merged_into_id IS NULL"
WRITTEN = """SELECT id, partner_id, ALIKE(first_name || ' ' || COALESCE(surname, '') || ' ' || COALESCE(mail, '') || ' ' ||
    COALESCE(external_user_id, '')) FROM member ORDER BY id"""
COUNTED = f"""INSERT INTO list_total (partner_id, kind, part, total) SELECT partner_id, 'customers', id - id / 8 * 8, COUNT(*) FROM member
    WHERE {PRESENT} GROUP BY partner_id, id - id / 8 * 8"""


def words(text):
    parts = [part for word in text.split() for part in (word, *re.split(r"[\W_]+", word.partition("@")[0]))]
    return {re.sub(r"[\W_]+", "", part)[:64] for part in parts} - {""}


def up(migrator, db):
    with db.bind_ctx([Partner, Member, MemberWord]):
        db.create_tables([MemberWord])
        for member, partner, text in db.execute_sql(WRITTEN).fetchall():
            for word in sorted(words(text)):
                MemberWord.create(member=member, partner=partner, word=word)
    db.execute_sql(COUNTED)
    db.execute_sql("UPDATE member SET phone_typed = phone WHERE phone IS NOT NULL AND phone_typed IS NULL")
    if not isinstance(db, SqliteDatabase):
        db.execute_sql('ALTER TABLE member_word ALTER COLUMN word TYPE VARCHAR(64) COLLATE "C"')
    db.execute_sql('DROP INDEX "member_partner_id_id"')
    db.execute_sql(f'CREATE INDEX "member_present" ON "member" ("partner_id", "id") WHERE {PRESENT}')


def down(migrator, db):
    db.execute_sql('DROP INDEX "member_present"')
    db.execute_sql('CREATE INDEX "member_partner_id_id" ON "member" ("partner_id", "id")')
    with db.bind_ctx([Partner, Member, MemberWord]):
        db.drop_tables([MemberWord])
