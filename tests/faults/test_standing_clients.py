"""Clients that connect and say nothing, or a byte now and then, cost the others nothing."""

import socket
import time
from contextlib import ExitStack, contextmanager

import pytest
import requests

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
