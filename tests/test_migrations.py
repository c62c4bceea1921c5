"""The migrations make exactly what the models say, on both engines."""

import pytest
from peewee import SqliteDatabase
from playhouse.schema_diff import diff_models

from portal import database
from portal.database import database as db
from portal.domain import schema
from tests.support.engines import settings_for


@pytest.fixture
def bare(engine):
    """A database without any table."""
    database.drop_connection()
    database.connect(settings_for(engine.bare("bare"), engine.folder))
    yield engine
    database.drop_connection()


def checks_of(table: str) -> set[str]:
    if isinstance(db.obj, SqliteDatabase):
        written = db.execute_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()[0]
        return {name for name in check_names() if name in written}
    query = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"
    return {name for (name,) in db.execute_sql(query, (f'"{table}"',)).fetchall()} & check_names()


def checks_wanted(model) -> set[str]:
    # Every rule in the tables has a name of its own, which is how it is found again.
    return {constraint.name for constraint in model._meta.constraints or [] if getattr(constraint, "name", None)}


def check_names() -> set[str]:
    return {name for model in schema.MODELS for name in checks_wanted(model)}


def test_models_and_migrations_agree(engine):
    found = diff_models(db.obj, schema.MODELS)
    assert not found, found


def test_a_database_without_tables_is_brought_to_head(bare):
    assert database.pending_migrations() != []
    assert database.migrate() == database.applied_migrations()
    assert database.pending_migrations() == []


def test_migrating_again_changes_nothing(engine):
    assert database.migrate() == []


def test_every_check_of_the_models_is_in_the_database(engine):
    for model in schema.MODELS:
        assert checks_of(model._meta.table_name) == checks_wanted(model)


def test_every_model_is_listed_in_the_schema():
    from portal.database import BaseModel

    assert set(BaseModel.__subclasses__()) == set(schema.MODELS)
