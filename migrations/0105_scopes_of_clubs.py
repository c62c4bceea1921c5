"""A club's pages show the scopes of offers that its partner chose. Frozen."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE partner ADD COLUMN club_scopes TEXT")


def down(migrator, db):
    db.execute_sql("ALTER TABLE partner DROP COLUMN club_scopes")
