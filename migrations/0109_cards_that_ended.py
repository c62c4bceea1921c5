"""What cards that were deleted or merged left behind: an answer that may be given once is free again, and the periods of a membership
go on with its level. Frozen."""


def up(migrator, db):
    db.execute_sql(
        """UPDATE card_field_value SET unique_value = NULL
        WHERE unique_value IS NOT NULL AND card_id IN (SELECT id FROM card WHERE deleted_at IS NOT NULL)"""
    )
    db.execute_sql("UPDATE card SET due_at = tier_next_at WHERE due_at IS NULL AND tier_next_at IS NOT NULL")


def down(migrator, db):
    """Nothing: so it was meant."""
