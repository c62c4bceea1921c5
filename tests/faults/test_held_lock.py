"""Somebody else writes for too long: writers are told to come back, readers notice nothing."""

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager

import pytest
import requests
from peewee import sqlite3

from portal.write_lock import WriteLock
from tests.faults.shop import report

pytestmark = pytest.mark.engine("sqlite")
THREADS = 8  # So many that writers who wait leave some to the readers.


@pytest.fixture
def portal(start_portal, engine_name):
    return start_portal(engine_name, web_threads=THREADS)


@contextmanager
def by_the_queue(path: str):
    """Another process of the portal writes."""
    with WriteLock(path + ".lock").held():
        yield


@contextmanager
def by_a_stranger(path: str):
    """A program that knows nothing of the portal's queue writes into its file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


@pytest.mark.parametrize("held", [by_the_queue, by_a_stranger])
def test_writers_are_told_to_come_back_and_readers_notice_nothing(portal, held):
    path = portal.settings.database_url.removeprefix("sqlite:///")
    assert report(portal, "before").ok
    with ThreadPoolExecutor(3) as writers, held(path):
        written = [writers.submit(report, portal, f"W-{number}") for number in range(3)]
        assert read_until_done(portal, written) > 0
    for answer in (future.result() for future in written):
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"] == "1"
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "locked" not in answer.text and "ry again in a moment" in answer.text
    assert report(portal, "W-0").ok


def read_until_done(portal, futures) -> int:
    """Read while the writers wait; how often that was. Each read is answered."""
    reads = 0
    while wait(futures, 0.2).not_done:
        assert requests.get(f"{portal.url}/api/deal/before", headers=portal.world.acme.bearer, timeout=60).ok
        assert requests.get(f"{portal.url}/readyz", timeout=60).ok
        reads += 1
    return reads
