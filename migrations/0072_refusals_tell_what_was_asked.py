"""A trace of a refusal tells what was asked, so that it can be asked again. Frozen."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "refusal" ADD COLUMN "asked" TEXT')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "refusal" DROP COLUMN "asked"')
