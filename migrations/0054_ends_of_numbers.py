"""Customers are found by the end of their phone, and cards by the end of their number: an index of each. Frozen."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "member_by_phone_end" ON "member" ("partner_id", SUBSTR(phone, LENGTH(phone) - 2))')
    db.execute_sql('CREATE INDEX "card_by_serial_end" ON "card" ("partner_id", SUBSTR(serial, 12))')


def down(migrator, db):
    db.execute_sql('DROP INDEX "card_by_serial_end"')
    db.execute_sql('DROP INDEX "member_by_phone_end"')
