"""What is open is summed from an index alone, down to the promotion that brought it. Frozen."""

COLUMN = "ALTER TABLE payout_item ADD COLUMN promotion_id BIGINT REFERENCES promotion (id)"
OF_ITS_DEAL = (
    "UPDATE payout_item SET promotion_id = (SELECT d.promotion_id FROM deal d WHERE d.id = payout_item.deal_id)"
)
# SQLite takes an index for the whole answer only if it holds `payout_id` too, though it is null in all of it.
OPEN = """CREATE INDEX payout_item_open ON payout_item (merchant_id, promoter_id, promotion_id, currency, amount, payout_id, deal_id)
    WHERE payout_id IS NULL"""
FORMER = (
    "CREATE INDEX payout_item_open ON payout_item (merchant_id, promoter_id, currency, amount) WHERE payout_id IS NULL"
)
DROP = "DROP INDEX payout_item_open"


def up(migrator, db):
    for text in (DROP, COLUMN, OF_ITS_DEAL, OPEN):
        db.execute_sql(text)


def down(migrator, db):
    for text in (DROP, "ALTER TABLE payout_item DROP COLUMN promotion_id", FORMER):
        db.execute_sql(text)
