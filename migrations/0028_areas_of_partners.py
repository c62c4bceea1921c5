"""A partner has areas switched on; those that stand keep what they use, those of their test mode too. Frozen."""

USED = """UPDATE partner SET areas = TRIM(
    CASE WHEN EXISTS (SELECT 1 FROM catalog c JOIN partner p ON p.id = c.partner_id WHERE {same}) THEN 'affiliate' ELSE '' END
    || CASE WHEN EXISTS (SELECT 1 FROM promotion m JOIN partner p ON p.id = m.promoter_id WHERE {same}) THEN ' earn' ELSE '' END)"""
SAME = "COALESCE(p.live_partner_id, p.id) = COALESCE(partner.live_partner_id, partner.id)"


def up(migrator, db):
    # Added by hand: the library's add_column rebuilds SQLite's tables and would lose their CHECKs.
    db.execute_sql("ALTER TABLE partner ADD COLUMN areas VARCHAR(200)")
    db.execute_sql(USED.format(same=SAME))
    db.execute_sql("UPDATE partner SET areas = NULL WHERE areas = '' OR live_partner_id IS NOT NULL")


def down(migrator, db):
    db.execute_sql("ALTER TABLE partner DROP COLUMN areas")
