"""Self-referrals wait for the merchant until they are approved or canceled. Frozen."""

INDEX = """CREATE INDEX deal_to_judge ON deal (partner_id, conversion_time, id)
    WHERE is_self_referral AND status <> 'Canceled' AND approved_at IS NULL"""


def up(migrator, db):
    db.execute_sql(INDEX)


def down(migrator, db):
    db.execute_sql("DROP INDEX deal_to_judge")
