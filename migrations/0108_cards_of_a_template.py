"""All cards of a template, those that were deleted among them. Frozen."""


def up(migrator, db):
    db.execute_sql("CREATE INDEX card_of_its_template ON card (template_id, id)")


def down(migrator, db):
    db.execute_sql("DROP INDEX card_of_its_template")
