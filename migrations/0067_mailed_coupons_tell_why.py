"""Why a code could not be mailed to an address. Frozen."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE mailed_coupon ADD COLUMN error TEXT")


def down(migrator, db):
    db.execute_sql("ALTER TABLE mailed_coupon DROP COLUMN error")
