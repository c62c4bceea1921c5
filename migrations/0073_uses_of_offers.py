"""An offer is taken away without a walk through every use there is: engines look for those of it. Frozen."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "coupon_use_of_offer" ON coupon_use (offer_id) WHERE offer_id IS NOT NULL')


def down(migrator, db):
    db.execute_sql('DROP INDEX "coupon_use_of_offer"')
