"""A partner says in which country its customers dial, where its time zone tells none. Frozen."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "partner" ADD COLUMN "country" VARCHAR(2)')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "partner" DROP COLUMN "country"')
