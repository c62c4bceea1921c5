"""Names and typed codes are told apart by what they are compared by, and found by it; imported files tell how their sums
and their letters are written. Frozen.

What was told apart by its case alone until now stays apart: the oldest spelling of a name takes the key, unless another
one is spelled as the key itself, and the others keep their own spelling as theirs.
"""

from itertools import groupby
from unicodedata import normalize

# Not copied: a key is good for nothing but being equal to what the code of the day makes of the same text.
from portal.domain.typed.texts import compared, mended, other_key

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [
    ("catalog", "code_key", "VARCHAR(255) NOT NULL DEFAULT ''"),
    ("offer", "name_key", "VARCHAR(255) NOT NULL DEFAULT ''"),
    ("deal", "deal_id_key", "VARCHAR(255)"),
    ("deal", "promo_code_key", "VARCHAR(255)"),
    ("deal_import", "decimal_sign", "VARCHAR(1)"),
    ("deal_import", "found_sign", "VARCHAR(1)"),
    ("deal_import", "letters", "VARCHAR(16)"),
]
FORMER = {
    "catalog_partner_id_catalog_code": "catalog (partner_id, catalog_code)",
    "offer_catalog_id_name": "offer (catalog_id, name)",
}
PRESENT = {
    "catalog_partner_id_code_key": "catalog (partner_id, code_key)",
    "offer_catalog_id_name_key": "offer (catalog_id, name_key)",
}
DEALS = "CREATE INDEX deal_by_key ON deal (partner_id, deal_id_key) WHERE deal_id_key IS NOT NULL"
NAMES = [("partner", "name"), ("person", "name"), ("catalog", "title"), ("landing", "title")]
AT_ONCE = 5000


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    for name in FORMER:
        db.execute_sql(f"DROP INDEX {name}")
    for table, name in NAMES:
        write_in_normal_form(db, table, name)
    key_all(db, "catalog", "partner_id", "catalog_code", "code_key", mended)
    key_all(db, "offer", "catalog_id", "name", "name_key", compared)
    key_deals(db)
    for name, columns in PRESENT.items():
        db.execute_sql(f"CREATE UNIQUE INDEX {name} ON {columns}")
    db.execute_sql(DEALS)


def down(migrator, db):
    db.execute_sql("DROP INDEX deal_by_key")
    for name in PRESENT:
        db.execute_sql(f"DROP INDEX {name}")
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    for name, columns in FORMER.items():
        db.execute_sql(f"CREATE UNIQUE INDEX {name} ON {columns}")


def write_in_normal_form(db, table, name):
    for row, text in db.execute_sql(f"SELECT id, {name} FROM {table} WHERE {name} IS NOT NULL").fetchall():
        if normalize("NFC", text) != text:
            db.execute_sql(
                f"UPDATE {table} SET {name} = {db.param} WHERE id = {db.param}", (normalize("NFC", text), row)
            )


def key_all(db, table, owner, name, column, key):
    write = f"UPDATE {table} SET {column} = {db.param}, {name} = {db.param} WHERE id = {db.param}"
    rows = db.execute_sql(f"SELECT {owner}, id, {name} FROM {table}").fetchall()
    keyed = sorted((of or -row, key(text), text != key(text), row, text) for of, row, text in rows)
    for (_, shared), alike in groupby(keyed, lambda one: one[:2]):
        (*_, row, text), *others = alike
        db.execute_sql(write, (shared, normalize("NFC", text), row))
        for *_, row, text in others:
            db.execute_sql(write, (text, text, row))


def key_deals(db):
    read = f"SELECT id, deal_id, promo_code FROM deal WHERE id > {db.param} ORDER BY id LIMIT {AT_ONCE}"
    write = f"UPDATE deal SET deal_id_key = {db.param}, promo_code_key = {db.param} WHERE id = {db.param}"
    last = 0
    while rows := db.execute_sql(read, (last,)).fetchall():
        for row, deal_id, promo_code in rows:
            keys = other_key(deal_id), promo_code and other_key(promo_code)
            if any(keys):
                db.execute_sql(write, (*keys, row))
        last = rows[-1][0]
