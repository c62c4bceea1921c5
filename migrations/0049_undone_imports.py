"""Who undid an import of customers. Frozen."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE card_import ADD COLUMN undone_by VARCHAR(64)")


def down(migrator, db):
    db.execute_sql("ALTER TABLE card_import DROP COLUMN undone_by")
