"""Clients that connect and say nothing, or a byte now and then, cost the others nothing."""

import socket
import time
from contextlib import ExitStack, contextmanager

import pytest
import requests

from portal.database import database
from portal.domain.coupons.coupons.tables import ACCESS
from tests.faults.browser import signed_in
from tests.support import desk
from tests.support.trickling import trickling

MANY = 24
pytestmark = pytest.mark.engine("sqlite")
PATIENCE = 15  # seconds: less than a standing client is left alone, more than any request needs
HELD_UP = 4  # seconds: who waits for so long is held up
ALONE = {"web_processes": 2, "web_threads": 1}


@pytest.fixture
def portal(start_portal, engine_name):
    return start_portal(engine_name, **ALONE)


@pytest.fixture
def plain(start_portal, engine_name):
    """The web server's own worker, which gives a thread to whoever connects."""
    return start_portal(engine_name, **ALONE, gunicorn_cmd_args="--worker-class gthread")


@contextmanager
def standing(served, said: bytes):
    """Clients that have sent this much, and stay."""
    address = served.url.removeprefix("http://").split(":")
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection((address[0], int(address[1])))) for _ in range(MANY)]
        for client in clients:
            client.sendall(said)
        yield clients


HEADS = [b"", b"GET /livez HT", b"GET /livez HTTP/1.1\r\nHost: portal.example\r\nX-Slow: "]


def test_they_hold_up_nobody_and_do_not_keep_the_server_from_stopping(portal):
    for said in HEADS:
        with standing(portal, said) as clients, trickling(clients if said == HEADS[-1] else [], b"x"):
            for _ in range(5):
                assert requests.get(f"{portal.url}/livez", timeout=PATIENCE).ok
            kept = requests.Session()
            assert [kept.get(f"{portal.url}/livez", timeout=PATIENCE).status_code for _ in range(3)] == [200] * 3
    in_pieces(portal)
    with standing(portal, HEADS[0]), standing(portal, HEADS[1]):
        assert portal.stop("web") == 0


def in_pieces(portal):
    """A head that comes slowly is answered all the same."""
    with standing(portal, b"GET /livez ") as (client, *_):
        for piece in (b"HTTP/1.1\r\nHost: a\r\n", b"Connection: close\r\n\r\n"):
            time.sleep(0.2)
            client.sendall(piece)
        client.settimeout(PATIENCE)
        assert client.recv(100).startswith(b"HTTP/1.1 200")


def test_the_web_servers_own_worker_makes_the_others_wait(plain):
    with standing(plain, HEADS[2]), pytest.raises(requests.Timeout):
        for _ in range(MANY):
            requests.get(f"{plain.url}/livez", timeout=HELD_UP)


_MANY_CODES = """INSERT INTO coupon (partner_id, name, kind, code, written, opens, is_alone, rank, uses, spent, modified_at, created_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
    SELECT partner_id, printf('%.*c', 250, 'n'), kind, 'C-' || i, 'C-' || i, opens, is_alone, rank, 0, 0, modified_at, created_at
    FROM coupon, n"""


def test_a_file_that_nobody_takes_holds_no_page_up_and_is_one_of_its_partner(start_portal, engine_name, app_pool):
    portal = start_portal(engine_name, web_processes=1, web_threads=1)
    with portal.connected():
        desk.coupon(portal.world.acme, ACCESS)
        database.execute_sql(_MANY_CODES)  # more than the system takes for a client that does not read
    somebody = signed_in(portal, app_pool)
    with somebody.get(f"{portal.url}/coupons/export.csv", stream=True, timeout=PATIENCE) as file:
        assert file.status_code == 200
        assert requests.get(f"{portal.url}/livez", timeout=PATIENCE).ok
        assert somebody.get(f"{portal.url}/coupons/export.csv", timeout=PATIENCE).status_code == 429
