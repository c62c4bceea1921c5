"""What covers an event is found by what names it, and by what is everywhere: few assignments are. Frozen."""


def up(migrator, db):
    db.execute_sql(
        'CREATE INDEX "coupon_assignment_everywhere" ON coupon_assignment (partner_id, id) '
        "WHERE is_everywhere AND ended_at IS NULL"
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX "coupon_assignment_everywhere"')
