"""A club has a name, a logo and colours of its own. Frozen."""

_COLUMNS = {"club_name": "VARCHAR(120)", "club_colour": "VARCHAR(7)", "club_dark": "VARCHAR(7)", "club_logo": "VARCHAR(36)"}


def up(migrator, db):
    for name, type_ in _COLUMNS.items():
        db.execute_sql(f"ALTER TABLE partner ADD COLUMN {name} {type_}")


def down(migrator, db):
    for name in _COLUMNS:
        db.execute_sql(f"ALTER TABLE partner DROP COLUMN {name}")
