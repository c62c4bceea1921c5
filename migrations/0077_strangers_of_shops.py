"""Reservations of a demo shop tell which of them strangers made, and from which network one hash of it: nobody sells a shop out. Frozen."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE reservation ADD COLUMN "stranger" VARCHAR(64)')
    db.execute_sql(
        'CREATE INDEX "reservation_of_strangers" ON reservation (event_id, stranger) WHERE stranger IS NOT NULL'
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX "reservation_of_strangers"')
    db.execute_sql('ALTER TABLE reservation DROP COLUMN "stranger"')
