"""What has run out at a seller is found without walking through what still runs there. Frozen."""


def up(migrator, db):
    db.execute_sql(
        """CREATE INDEX "reservation_running_of_partner" ON reservation (partner_id, expires_at) WHERE state = 'held'"""
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX "reservation_running_of_partner"')
