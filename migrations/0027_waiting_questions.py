"""The questions that wait are counted on every page. Frozen."""


def up(migrator, db):
    db.execute_sql(
        'CREATE INDEX "deal_question_waiting" ON "deal_question" ("merchant_id", "id") WHERE answered_at IS NULL'
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX "deal_question_waiting"')
