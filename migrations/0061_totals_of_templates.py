"""How many cards and operations a template has is kept, not counted; operations of a template lie by their days, installed cards
have indexes of their own, and ends of numbers come first in theirs. Frozen."""

TOTALS = """INSERT INTO list_total (partner_id, kind, within, part, total)
    SELECT partner_id, '{kind}', {within}, {of} - {of} / 8 * 8, COUNT(*) FROM {table} GROUP BY 1, 3, 4"""
UNIQUE = "list_total_partner_id_kind_part"
UNIQUE_WITHIN = "list_total_partner_id_kind_within_part"
INDEXES = {
    "card_operation_of_template": ("card_operation (template_id, id)", "card_operation (template_id, created_at, id)"),
    "member_by_phone_end": (
        "member (partner_id, SUBSTR(phone, LENGTH(phone) - 2))",
        "member (SUBSTR(phone, LENGTH(phone) - 2), partner_id)",
    ),
    "card_by_serial_end": ("card (partner_id, SUBSTR(serial, 12))", "card (SUBSTR(serial, 12), partner_id)"),
}
IS_INSTALLED = "installed_at IS NOT NULL AND deleted_at IS NULL"
COUNTED = (
    ("cards", "template_id", "id", "card WHERE deleted_at IS NULL"),
    ("installed", "template_id", "id", f"card WHERE {IS_INSTALLED}"),
    ("installed", "0", "id", f"card WHERE {IS_INSTALLED}"),
    ("operations", "template_id", "member_id", "card_operation"),
)
INSTALLED = {"card_installed": "partner_id", "card_installed_of_template": "template_id"}


def up(migrator, db):
    db.execute_sql("ALTER TABLE list_total ADD COLUMN within BIGINT NOT NULL DEFAULT 0")
    db.execute_sql(f'DROP INDEX "{UNIQUE}"')
    db.execute_sql(f'CREATE UNIQUE INDEX "{UNIQUE_WITHIN}" ON list_total (partner_id, kind, within, part)')
    for kind, within, of, table in COUNTED:
        db.execute_sql(TOTALS.format(kind=kind, within=within, of=of, table=table))
    for name, (_, columns) in INDEXES.items():
        db.execute_sql(f'DROP INDEX "{name}"')
        db.execute_sql(f'CREATE INDEX "{name}" ON {columns}')
    for name, whose in INSTALLED.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON card ({whose}, id) WHERE {IS_INSTALLED}')


def down(migrator, db):
    for name in INSTALLED:
        db.execute_sql(f'DROP INDEX "{name}"')
    for name, (columns, _) in INDEXES.items():
        db.execute_sql(f'DROP INDEX "{name}"')
        db.execute_sql(f'CREATE INDEX "{name}" ON {columns}')
    db.execute_sql("DELETE FROM list_total WHERE within <> 0 OR kind = 'installed'")
    db.execute_sql(f'DROP INDEX "{UNIQUE_WITHIN}"')
    db.execute_sql(f'CREATE UNIQUE INDEX "{UNIQUE}" ON list_total (partner_id, kind, part)')
    db.execute_sql("ALTER TABLE list_total DROP COLUMN within")
