"""A card is moved, or its holder erased, without a walk through every push there is. Frozen."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "push_of_card" ON push (card_id, id) WHERE card_id IS NOT NULL')


def down(migrator, db):
    db.execute_sql('DROP INDEX "push_of_card"')
