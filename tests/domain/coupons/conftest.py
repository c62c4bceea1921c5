"""Every promise holds after each test."""

import psycopg
import pytest

from portal.database import database
from portal.domain import verify


@pytest.fixture
def acme(world):
    yield world.acme
    assert verify.faults() == []


@pytest.fixture
def elsewhere(settings):
    """Somebody else in the middle of a transaction, on PostgreSQL."""
    with psycopg.connect(settings.database_url) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def impatient(acme):
    """Whoever waits for a row longer than this is held up, on PostgreSQL."""
    database.execute_sql("SET lock_timeout = '5s'")
    yield
    database.execute_sql("RESET lock_timeout")
