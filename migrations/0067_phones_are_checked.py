"""Phones are checked whatever the tariff: its option said nothing. Frozen."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "tariff" DROP COLUMN "phone_check"')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "tariff" ADD COLUMN "phone_check" BOOLEAN NOT NULL DEFAULT TRUE')
