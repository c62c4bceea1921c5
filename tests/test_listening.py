"""A client that stands still holds a thread for seconds, not for ever."""

import runpy
import socket
import struct
import threading
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

import pytest

from portal.server import listening, pace
from tests.support.running import ROOT


@contextmanager
def connection(stalled: float):
    """The two ends of one, accepted as the web server does, where a client may do nothing for some seconds."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listening.end_stalls([listener], stalled)
        with socket.create_connection(listener.getsockname()) as client, listener.accept()[0] as accepted:
            accepted.setblocking(True)
            yield client, accepted


@contextmanager
def later(seconds: float, act, *arguments):
    """Do it in a while, unless what is inside has ended by then."""
    timer = threading.Timer(seconds, act, arguments)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def test_a_request_that_stalls_is_let_go():
    """It is not the byte that comes at last which ends the wait."""
    with connection(0.2) as (client, accepted), later(30, client.sendall, b"x"), pytest.raises(BlockingIOError):
        accepted.recv(1)


def test_an_answer_that_nobody_takes_is_let_go():
    with connection(0.2) as (client, accepted), later(30, client.close), pytest.raises(BlockingIOError):
        accepted.sendall(bytes(64 << 20))


def test_a_slow_client_is_waited_for():
    with connection(3) as (client, accepted):
        for _ in range(4):
            with later(0.9, client.sendall, b"x"):
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


@pytest.mark.parametrize(("each", "is_ended"), [(9, True), (11, False)])
def test_a_client_that_keeps_no_pace_is_let_go_in_either_direction(monkeypatch, each, is_ended):
    """Each wait takes ten seconds of a false clock, and ten bytes in each are the least."""
    hands = iter(range(0, 1000, 10))
    monkeypatch.setattr(pace, "LEAST", 1)
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: next(hands)))
    with connection(3) as (client, accepted), pace.PacedSocket.of(accepted) as paced:
        paced.setblocking(True)
        client.sendall(bytes(each * 3))
        for act in (partial(paced.sendall, bytes(each)), partial(paced.recv, each)):
            paced.begin()
            act()
            act()
            if is_ended:
                with pytest.raises(BlockingIOError):
                    act()
            else:
                act()


@contextmanager
def answering(act):
    """The client's end of a connection on which the web server's worker answers a request like this."""
    worker = listening.PatientWorker.__new__(listening.PatientWorker)
    patches, ends = pytest.MonkeyPatch.context(), connection(3)
    with patches as patched, ends as (client, accepted), pace.PacedSocket.of(accepted) as paced:
        patched.setattr(listening.ThreadWorker, "handle_request", lambda worker, req, conn: act(conn.sock))
        yield client, paced, partial(worker.handle_request, None, SimpleNamespace(sock=paced))


def test_the_head_of_an_answer_goes_out_with_its_body():
    """The first send that reaches the client has both."""

    def answer(paced):
        paced.sendall(b"head,")
        client.setblocking(False)
        with pytest.raises(BlockingIOError):
            client.recv(10)
        client.setblocking(True)
        paced.sendall(b"body")
        assert client.recv(10) == b"head,body"
        paced.sendall(b",more")
        assert client.recv(10) == b",more"
        return True

    with answering(answer) as (client, _, handle):
        assert handle()


def test_an_answer_that_is_a_head_alone_is_sent():
    with answering(lambda paced: paced.sendall(b"head")) as (client, _, handle):
        handle()
        assert client.recv(10) == b"head"


def test_of_an_answer_that_fails_nothing_waits_for_what_is_said_instead():
    def fail(paced):
        paced.sendall(b"head")
        raise RuntimeError

    with answering(fail) as (client, paced, handle):
        with pytest.raises(RuntimeError):
            handle()
        paced.sendall(b"failed")
        assert client.recv(10) == b"failed"
