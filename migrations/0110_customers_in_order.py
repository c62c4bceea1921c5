"""What lists of customers ask for stands on the customer's row, and those who are alike are counted. Frozen."""

from datetime import date

from peewee import SQL, BigAutoField, BooleanField, CharField, Check, ForeignKeyField, IntegerField, Model

# Not copied: it is good for nothing but agreeing with what the code of the day compares by.
from portal.domain.typed import likeness


class Frozen(Model):
    class Meta:
        legacy_table_names = False


class Partner(Frozen):
    id = BigAutoField()


class MemberLikeness(Frozen):
    id = BigAutoField()
    partner = ForeignKeyField(Partner, index=False, backref="+")
    key = CharField(22)
    is_by_name = BooleanField()
    customers = IntegerField()

    class Meta:
        indexes = ((("partner", "key"), True),)
        constraints = [Check("customers >= 0", "member_likeness_is_not_negative")]


MemberLikeness.add_index(
    MemberLikeness.index(
        MemberLikeness.partner,
        MemberLikeness.is_by_name,
        MemberLikeness.id,
        where=SQL("customers > 1"),
        name="member_likeness_of_several",
    )
)
PRESENT = "erased_at IS NULL AND merged_into_id IS NULL"
COLUMNS = {
    "birth_month": "INTEGER",
    "has_card": "BOOLEAN NOT NULL DEFAULT FALSE",
    "seen_at": "BIGINT NOT NULL DEFAULT 0",
    "name_key": "VARCHAR(22)",
    "mail_key": "VARCHAR(22)",
}
INDEXES = {
    "member_by_having_cards": f"(partner_id, has_card, id) WHERE {PRESENT}",
    "member_by_seen": f"(partner_id, seen_at, id) WHERE {PRESENT}",
    **{
        f"member_by_{name}": f"(partner_id, {name}, id) WHERE {name} IS NOT NULL"
        for name in ("birth_month", "name_key", "mail_key")
    },
}
STANDS = """UPDATE member SET
    has_card = EXISTS (SELECT 1 FROM card c WHERE c.member_id = member.id AND c.deleted_at IS NULL),
    seen_at = COALESCE((SELECT o.created_at FROM card_operation o WHERE o.member_id = member.id AND o.source <> 'system'
        ORDER BY o.id DESC LIMIT 1), created_at),
    birth_month = CAST(SUBSTR(CAST(date_of_birth AS VARCHAR(10)), 6, 2) AS INTEGER)"""
COUNTED = """INSERT INTO member_likeness (partner_id, key, is_by_name, customers)
    SELECT partner_id, {column}, {is_by_name}, COUNT(*) FROM member WHERE {column} IS NOT NULL
    GROUP BY partner_id, {column} ORDER BY MAX(id)"""
MARKED = """INSERT INTO sequence (name, value) SELECT 'seen customers', MAX(id) FROM card_operation
    HAVING MAX(id) IS NOT NULL"""
AT_ONCE = 1000


def up(migrator, db):
    for name, type_ in COLUMNS.items():
        db.execute_sql(f"ALTER TABLE member ADD COLUMN {name} {type_}")
    with db.bind_ctx([Partner, MemberLikeness]):
        db.create_tables([MemberLikeness])
    db.execute_sql(STANDS)
    compare(db)
    for name, on in INDEXES.items():
        db.execute_sql(f"CREATE INDEX {name} ON member {on}")
    for column, is_by_name in (("name_key", "TRUE"), ("mail_key", "FALSE")):
        db.execute_sql(COUNTED.format(column=column, is_by_name=is_by_name))
    db.execute_sql(MARKED)


def compare(db):
    """Say of each customer what it is compared by."""
    some = f"""SELECT id, first_name, surname, CAST(date_of_birth AS VARCHAR(10)), mail FROM member
        WHERE id > {db.param} AND (date_of_birth IS NOT NULL OR mail IS NOT NULL) ORDER BY id LIMIT {AT_ONCE}"""
    keep = f"UPDATE member SET name_key = {db.param}, mail_key = {db.param} WHERE id = {db.param}"
    last = 0
    while rows := db.execute_sql(some, (last,)).fetchall():
        for last, first_name, surname, born, mail in rows:
            name = likeness.of_name(first_name, surname, born and date.fromisoformat(born))
            db.execute_sql(keep, (name, likeness.of_mail(mail), last))


def down(migrator, db):
    db.execute_sql("DELETE FROM sequence WHERE name = 'seen customers'")
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    with db.bind_ctx([Partner, MemberLikeness]):
        db.drop_tables([MemberLikeness])
    for name in COLUMNS:
        db.execute_sql(f"ALTER TABLE member DROP COLUMN {name}")
