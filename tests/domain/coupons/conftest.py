"""Every promise holds after each test."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from portal.database import database, drop_connection
from portal.domain import verify
from tests.support.waiting import until

_WAITS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


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
def after_them(elsewhere):
    """What an act comes to that waits for a row of somebody else's until they commit."""

    def alone(act):
        try:
            return act()
        finally:
            drop_connection()

    def run(act):
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(alone, act)
            until(lambda: asked.done() or database.execute_sql(_WAITS).fetchone(), "it to wait")
            elsewhere.commit()
            return asked.result()

    return run


@pytest.fixture
def impatient(acme):
    """Whoever waits for a row longer than this is held up, on PostgreSQL."""
    database.execute_sql("SET lock_timeout = '5s'")
    yield
    database.execute_sql("RESET lock_timeout")
