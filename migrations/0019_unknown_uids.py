"""A deal whose data names a promoter that nobody is says so until somebody has looked. Frozen."""

COLUMN = "ALTER TABLE deal ADD COLUMN unknown_uid VARCHAR(16)"
INDEX = "CREATE INDEX deal_unknown_uid ON deal (partner_id, conversion_time, id) WHERE unknown_uid IS NOT NULL"


def up(migrator, db):
    db.execute_sql(COLUMN)
    db.execute_sql(INDEX)


def down(migrator, db):
    db.execute_sql("DROP INDEX deal_unknown_uid")
    db.execute_sql("ALTER TABLE deal DROP COLUMN unknown_uid")
