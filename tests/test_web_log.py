"""What the web server itself writes of requests holds nothing of theirs: a path may be a link that signs in, a head a cookie."""

import socket

import pytest
import requests

from tests.support.waiting import until

pytestmark = pytest.mark.engine("sqlite")
SECRET = "xfepX8JAbYl3tkG69TpM0r4pHoRMMPJ6"
LINK = f"/password-reset/{SECRET}"
# What cannot be read, each in another way.
BROKEN = [
    f"GET http://[{SECRET}/ HTTP/1.1\r\nHost: a\r\n\r\n",
    f"GET {LINK} x HTTP/1.1\r\nHost: a\r\n\r\n",
    f"GET {LINK} HTTP/9.1\r\nHost: a\r\n\r\n",
    f"{SECRET} / HTTP/1.1\r\nHost: a\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: a\r\nCookie {SECRET}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: a\r\nCookie: a\r\n {SECRET}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: a\r\nAuthorization: {SECRET}\x01\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: a\r\nExpect: {SECRET}\r\n\r\n",
    f"POST {LINK} HTTP/1.1\r\nHost: a\r\nContent-Length: {SECRET}\r\n\r\n",
    f"POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\npassword={SECRET}\r\n",
]


def test_nothing_of_a_request_stands_in_it_whether_it_could_be_read_or_not(launch_server, engine_name):
    portal = launch_server(engine_name, log_level="DEBUG", web_processes=1, web_threads=1)
    assert requests.get(portal.url + LINK, timeout=60).status_code == 410
    for said in BROKEN:
        _send(portal.url, said)
    assert requests.get(f"{portal.url}/sign-in", timeout=60).ok
    until(lambda: '"rule": "/sign-in", "status": 200' in portal.log(), "the last request to be told")
    portal.stop("web")
    told = portal.log()
    assert SECRET not in told
    assert "Invalid request from ip=127.0.0.1: Invalid HTTP Header" in told, "Who sent it, and what was wrong, is told."


def _send(url: str, said: str) -> None:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 30) as client:
        client.sendall(said.encode("latin-1"))
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
