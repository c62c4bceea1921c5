"""Pictures are the offer's own, whoever shows it, and say what is on them to who cannot see them. Frozen."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE offer ADD COLUMN images TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql(
        """UPDATE offer SET images = (SELECT t.images FROM member_terms t WHERE t.offer_id = offer.id)
        WHERE id IN (SELECT offer_id FROM member_terms)"""
    )
    db.execute_sql("ALTER TABLE member_terms DROP COLUMN images")
    db.execute_sql("ALTER TABLE picture ADD COLUMN alt VARCHAR(255)")


def down(migrator, db):
    db.execute_sql("ALTER TABLE picture DROP COLUMN alt")
    db.execute_sql("ALTER TABLE member_terms ADD COLUMN images TEXT NOT NULL DEFAULT '[]'")
    db.execute_sql(
        "UPDATE member_terms SET images = (SELECT o.images FROM offer o WHERE o.id = member_terms.offer_id)"
    )
    db.execute_sql("ALTER TABLE offer DROP COLUMN images")
