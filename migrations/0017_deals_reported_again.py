"""A deal that was canceled by time is reported again, once. Frozen."""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMN = "ALTER TABLE deal ADD COLUMN again_of_id BIGINT REFERENCES deal (id)"
INDEX = "CREATE UNIQUE INDEX deal_again ON deal (again_of_id) WHERE again_of_id IS NOT NULL"


def up(migrator, db):
    for text in (COLUMN, INDEX):
        db.execute_sql(text)


def down(migrator, db):
    for text in ("DROP INDEX deal_again", "ALTER TABLE deal DROP COLUMN again_of_id"):
        db.execute_sql(text)
