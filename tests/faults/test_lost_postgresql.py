"""PostgreSQL goes away and comes back: nobody sees a 500, nothing answered is lost, nothing needs a restart."""

import psycopg
import pytest
import requests

from portal.domain.events.tables import Event
from tests.faults.browser import signed_in
from tests.faults.shop import Shop, open_catalog, refuse_losses, report
from tests.support import engines, running
from tests.support.waiting import until

pytestmark = pytest.mark.engine("postgresql")
ROUNDS = [pytest.param(5, id="short"), pytest.param(60, id="long", marks=pytest.mark.long)]
TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def terminate_connections(portal) -> int:
    with psycopg.connect(portal.settings.database_url, autocommit=True) as connection:
        return len(connection.execute(TERMINATE).fetchall())


@pytest.mark.parametrize("rounds", ROUNDS)
def test_connections_that_end_under_load_cost_a_repetition_at_most(portal, rounds):
    with Shop(portal).selling() as shop:
        for _ in range(rounds):
            shop.sell(10)
            assert terminate_connections(portal)
        shop.sell(10)
    assert set(shop.statuses) <= {200, 503}
    assert all('"status":503' in body for body in shop.bodies)
    refuse_losses(portal, shop.answered)


def test_connections_that_end_between_requests_are_opened_anew(portal, app_pool):
    session = signed_in(portal, app_pool)
    for number in range(8):
        terminate_connections(portal)
        page = session.get(f"{portal.url}/deals", timeout=60)
        assert page.status_code in (200, 503)
        assert report(portal, f"B-{number}").status_code in (200, 503)
    until(lambda: session.get(f"{portal.url}/deals", timeout=60).ok, "the page")
    until(lambda: report(portal, "B-9").ok, "a report")


@pytest.fixture
def own_postgresql(run_folder, worker_id):
    """A PostgreSQL server of this test's own, which it may stop and start."""
    folder = run_folder / "own"
    folder.mkdir()
    engine = engines.Postgresql(folder, folder, worker_id)
    yield engine
    engine._server._cleanup()


@pytest.fixture
def stoppable(own_postgresql, run_folder):
    """A portal with its worker on that server."""
    server = running.launch(own_postgresql, run_folder / "stoppable", "stoppable", worker=True)
    open_catalog(server)
    yield server
    for name in list(server.processes):
        server.kill(name)


def test_a_database_that_is_away_is_said_in_words_and_waited_for(stoppable, own_postgresql, app_pool):
    portal, session = stoppable, signed_in(stoppable, app_pool)
    processes = dict(portal.processes)
    assert report(portal, "before").ok
    until(lambda: all_have_positions(portal), "the worker at its work")

    own_postgresql._server.stop()
    for _ in range(4):
        assert_all_say_unavailable(portal, session)
    own_postgresql._server.ensure_postgres_running()

    until(lambda: report(portal, "after").ok, "a report")
    until(lambda: session.get(f"{portal.url}/deals", timeout=60).ok, "a page")
    until(lambda: requests.get(f"{portal.url}/readyz", timeout=60).ok, "readiness")
    until(lambda: all_have_positions(portal), "the worker back at its work")
    assert [process.exitcode for process in processes.values()] == [None, None]
    refuse_losses(portal, ["before", "after"])


def assert_all_say_unavailable(portal, session) -> None:
    answers = [
        report(portal, "meanwhile"),
        requests.get(f"{portal.url}/api/deal", headers=portal.world.acme.bearer, timeout=60),
    ]
    for answer in answers:
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
        assert answer.headers["Retry-After"] and "cannot reach" in answer.json()["detail"]
    page = session.get(f"{portal.url}/deals", timeout=60)
    assert (page.status_code, "Retry-After" in page.headers) == (503, True), page.text
    assert "cannot reach its database" in page.text
    assert session.get(f"{portal.url}/nowhere", timeout=60).status_code in (404, 503)
    assert session.post(f"{portal.url}/deals", timeout=60).status_code in (400, 405, 503)
    assert requests.get(f"{portal.url}/sign-in", timeout=60).status_code == 200
    assert requests.get(f"{portal.url}/api/nowhere", timeout=60).status_code in (404, 503)
    assert requests.get(f"{portal.url}/readyz", timeout=60).status_code == 503
    assert requests.get(f"{portal.url}/livez", timeout=60).status_code == 200


def all_have_positions(portal) -> bool:
    with portal.connected():
        return not Event.select().where(Event.position.is_null()).exists()
