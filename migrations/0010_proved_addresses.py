"""Since when a mail address is known to be the person's. Frozen.

Whoever has signed in, or came by a mailed link, was let in before anybody was asked for a proof, and stays as free as they
were; so do operators. Everybody else proves the address when they come.
"""

# Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
COLUMNS = [("person", "proved_at", "BIGINT")]
PROVED = """UPDATE person SET proved_at = created_at WHERE is_operator
    OR EXISTS (SELECT 1 FROM sign_in s WHERE s.user_id = person.id)
    OR EXISTS (SELECT 1 FROM invitation i WHERE i.accepted_by_id = person.id)
    OR EXISTS (SELECT 1 FROM password_reset r WHERE r.user_id = person.id AND r.used_at IS NOT NULL)"""


def up(migrator, db):
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    db.execute_sql(PROVED)


def down(migrator, db):
    for table, name, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
