"""A bundle or a listing is removed without a walk through every reservation there is: engines look for those of it. Frozen."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "reservation_listing_id" ON reservation (listing_id)')
    db.execute_sql(
        'CREATE INDEX "reservation_line_of_bundle" ON reservation_line (bundle_id) WHERE bundle_id IS NOT NULL'
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX "reservation_line_of_bundle"')
    db.execute_sql('DROP INDEX "reservation_listing_id"')
