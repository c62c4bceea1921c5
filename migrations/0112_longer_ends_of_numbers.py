"""Numbers are looked for by as many of their last digits as are typed, up to six: of a hundred thousand a hundred have the same three.
They stand there from behind, after whose they are. Frozen."""

_WHOSE = "CAST(partner_id AS VARCHAR(20)) || ':' || "
_OF_PHONE = " || ".join(f"SUBSTR(phone, LENGTH(phone) - {place}, 1)" for place in range(6))
_OF_SERIAL = " || ".join(f"SUBSTR(serial, {place}, 1)" for place in (14, 13, 12, 10, 9, 8))
INDEXES = {
    "member_by_phone_end": (
        "member (SUBSTR(phone, LENGTH(phone) - 2), partner_id)",
        f"member (({_WHOSE}{_OF_PHONE}))",
    ),
    "card_by_serial_end": (
        "card (SUBSTR(serial, 12), partner_id)",
        f"card (({_WHOSE}{_OF_SERIAL}))",
    ),
}


def up(migrator, db):
    _put(db, 1)


def down(migrator, db):
    _put(db, 0)


def _put(db, which):
    for name, columns in INDEXES.items():
        db.execute_sql(f'DROP INDEX "{name}"')
        db.execute_sql(f'CREATE INDEX "{name}" ON {columns[which]}')
