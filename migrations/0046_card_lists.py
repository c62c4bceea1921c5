"""What few of a partner's cards are, is found by an index of its own: deleted ones, those that owe, those that end. Frozen."""

INDEXES = {
    "card_deleted": '"card" ("partner_id", "id") WHERE deleted_at IS NOT NULL',
    "card_owing": '"card" ("partner_id", "id") WHERE owed > 0',
    "card_ending": '"card" ("partner_id", "expires_at") WHERE expires_at IS NOT NULL AND deleted_at IS NULL',
}


def up(migrator, db):
    for name, columns in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON {columns}')


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f'DROP INDEX "{name}"')
