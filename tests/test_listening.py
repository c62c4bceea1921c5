"""A client that stands still holds a thread for seconds, not for ever."""

import runpy
import socket
import struct
import time
from types import SimpleNamespace

import pytest

from portal import listening
from tests.support.running import ROOT


@pytest.fixture
def connection():
    """The two ends of one, accepted as the web server does; the client does nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listening.end_stalls([listener], 0.2)
        with socket.create_connection(listener.getsockname()) as client, listener.accept()[0] as accepted:
            accepted.setblocking(True)
            yield client, accepted


def test_a_request_that_stalls_is_let_go(connection):
    begun = time.monotonic()
    with pytest.raises(BlockingIOError):
        connection[1].recv(1)
    assert time.monotonic() - begun < 5


def test_an_answer_that_nobody_takes_is_let_go(connection):
    with pytest.raises(BlockingIOError):
        connection[1].sendall(bytes(64 << 20))


def test_a_slow_client_is_waited_for(connection):
    client, accepted = connection
    for _ in range(4):
        time.sleep(0.1)
        client.sendall(b"x")
        assert accepted.recv(1) == b"x"


def test_the_web_server_does_so(monkeypatch, tmp_path):
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings["post_worker_init"](SimpleNamespace(sockets=[listener]))
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            seconds, _ = struct.unpack("ll", listener.getsockopt(socket.SOL_SOCKET, way, 16))
            assert seconds == listening.STALLED_SECONDS
