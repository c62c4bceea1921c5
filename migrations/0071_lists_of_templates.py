"""Cards and operations of a template are asked for by its partner as well, so the partner stands in their indexes. Frozen."""

INDEXES = {
    "card_of_template": ("card ({}, id) WHERE deleted_at IS NULL", "template_id", "template_id, partner_id"),
    "card_installed_of_template": (
        "card ({}, id) WHERE installed_at IS NOT NULL AND deleted_at IS NULL", "template_id", "template_id, partner_id"
    ),
    "card_operation_of_template": ("card_operation ({}, created_at, id)", "template_id", "template_id, partner_id"),
}


def up(migrator, db):
    for name, (where, _, columns) in INDEXES.items():
        db.execute_sql(f'DROP INDEX "{name}"')
        db.execute_sql(f'CREATE INDEX "{name}" ON {where.format(columns)}')


def down(migrator, db):
    for name, (where, columns, _) in INDEXES.items():
        db.execute_sql(f'DROP INDEX "{name}"')
        db.execute_sql(f'CREATE INDEX "{name}" ON {where.format(columns)}')
