"""Who asked for a card by a form gets it by the mailed link, whose digest is kept. What waits from before is mailed such a link."""

COLUMN = "ALTER TABLE asked_card ADD COLUMN key_digest VARCHAR(64)"
INDEXES = {
    "asked_card_key_digest": "CREATE UNIQUE INDEX asked_card_key_digest ON asked_card (key_digest)",
    "asked_card_waiting": "CREATE INDEX asked_card_waiting ON asked_card (id) WHERE key_digest IS NULL",
}


def up(migrator, db):
    for text in (COLUMN, *INDEXES.values()):
        db.execute_sql(text)


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql("ALTER TABLE asked_card DROP COLUMN key_digest")
