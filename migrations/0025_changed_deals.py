"""Deals are read in the order of their changes. Frozen."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "deal_partner_id_modified_at_id" ON "deal" ("partner_id", "modified_at", "id")')


def down(migrator, db):
    db.execute_sql('DROP INDEX "deal_partner_id_modified_at_id"')
