"""The schema and its steps."""

from pathlib import Path

from playhouse.migrations import Runner

from portal.database.tables import database

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def migrate() -> list[str]:
    """Bring the schema to head; the names of what was applied."""
    return Runner(database.obj, str(MIGRATIONS)).up()


def rebuild(models: list, last: str) -> None:
    """Make the schema anew as it was after the named migration. Only for a database that holds nothing."""
    runner = Runner(database.obj, str(MIGRATIONS))
    database.drop_tables([*models, runner.History])
    runner.up(last)


def pending_migrations() -> list[str]:
    """Names of migrations that this code has and the database has not."""
    return [step.name for step in Runner(database.obj, str(MIGRATIONS)).status() if step.applied is None]


def applied_migrations() -> list[str]:
    """Names of the migrations that the database has, oldest first."""
    return [step.name for step in Runner(database.obj, str(MIGRATIONS)).status() if step.applied is not None]
