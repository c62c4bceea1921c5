"""The proxy's configuration in `deploy/`, in the real nginx, in front of the real portal."""

import os
import re
import socket
import ssl
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.delivery.certificates import certificate
from tests.support import proxy_install
from tests.support.running import ROOT, free_port
from tests.support.trickling import trickling
from tests.support.waiting import PATIENCE_SECONDS, until

HOST = "portal.example.com"
MANY = 24
PATIENCE = 15  # seconds: less than a standing client is left alone, more than any request needs
HELD_UP = 4  # seconds: who waits for so long is held up
BODY = b"POST /api/deal HTTP/1.1\r\nHost: portal.example.com\r\nContent-Length: 500\r\n\r\n{"

pytestmark = pytest.mark.skipif(
    not proxy_install.installed(), reason="nginx is not here and could not be installed (make ready-to-test, as root)"
)


@dataclass
class Proxy:
    """nginx with our configuration: its ports, and the certificate that is trusted."""

    http: int
    https: int
    trusted: Path
    log: Path

    def get(self, path: str, **options) -> requests.Response:
        """A page, as a browser that resolved the name gets it."""
        session = requests.Session()
        session.trust_env = False
        # The name in the certificate is the name in the address: the connection goes to this machine.
        session.mount("https://", _ToThisMachine(self.https))
        return session.get(f"https://{HOST}{path}", verify=self.trusted, timeout=PATIENCE, **options)


class _ToThisMachine(requests.adapters.HTTPAdapter):
    def __init__(self, port: int):
        self.port = port
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, **options, server_hostname=HOST, assert_hostname=HOST)

    def send(self, request, **options):
        request.headers["Host"] = HOST
        request.url = request.url.replace(HOST, f"127.0.0.1:{self.port}", 1)
        return super().send(request, **options)


@pytest.fixture(scope="module")
def portal(launch_server):
    """Two processes of one thread: two clients that hold one each would be enough."""
    return launch_server(
        "sqlite", public_url=f"https://{HOST}", trusted_proxies=1, open_limit=30, web_processes=2, web_threads=1
    )  # fmt: skip


@pytest.fixture(scope="module")
def proxy(portal, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    _, chain = certificate(folder, HOST)
    made = Proxy(free_port(), free_port(), chain, folder / "access.log")
    ours = (ROOT / "deploy" / "nginx" / "portal.conf").read_text()
    for found, instead in (
        (r"127\.0\.0\.1:8000", portal.url.removeprefix("http://")),
        (r"listen 80;", f"listen 127.0.0.1:{made.http};"),
        (r"listen 443 ssl", f"listen 127.0.0.1:{made.https} ssl"),
        (r"listen \[::\][^;]*;", ""),
        (r"/etc/ssl/portal/fullchain\.pem", str(chain)),
        (r"/etc/ssl/portal/privkey\.pem", str(folder / "key.pem")),
    ):
        ours, times = re.subn(found, instead, ours)
        assert times, found
    places = "".join(f"{name}_temp_path {folder};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{ worker_connections 512; }}"
        f"http {{ access_log {made.log}; {places} {ours} }}"
    )
    command = [proxy_install.installed(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _wait_for(made.https, process)
        yield made
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    def listens() -> bool:
        assert process.poll() is None, process.stderr.read()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(listens, "nginx to listen")


@contextmanager
def trickling_bodies(connect):
    """Clients that send a byte of their body now and then."""
    with ExitStack() as stack:
        clients = [stack.enter_context(connect()) for _ in range(MANY)]
        for client in clients:
            client.sendall(BODY)
        with trickling(clients, b" "):
            yield


def test_pages_come_over_tls_alone_and_say_so(proxy):
    answer = proxy.get("/sign-in")
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert all(cookie.secure and cookie.name.startswith("__Host-") for cookie in answer.cookies)
    plain = requests.get(
        f"http://127.0.0.1:{proxy.http}/x?y=1", headers={"Host": HOST}, allow_redirects=False, timeout=60
    )
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{HOST}/x?y=1")


def test_it_keeps_no_log_of_the_addresses_that_people_open(proxy):
    """Links that set a password are among them."""
    assert proxy.get("/password-reset/xfepX8JAbYl3tkG69TpM0r4pHoRMMPJ6").status_code == 410
    requests.get(f"http://127.0.0.1:{proxy.http}/password-reset/x", allow_redirects=False, timeout=60)
    assert proxy.log.exists() and not proxy.log.read_text()


def test_an_address_that_a_client_claims_is_not_believed(proxy):
    limits = [
        proxy.get("/api/openapi.json", headers={"X-Forwarded-For": f"198.51.100.{number}"}).headers["RateLimit"]
        for number in range(6)
    ]
    left = [int(re.search(r"r=(\d+)", limit)[1]) for limit in limits]
    assert left[-1] < left[0]


def test_bodies_that_trickle_in_hold_up_nobody(proxy):
    trust = ssl.create_default_context(cafile=str(proxy.trusted))

    def connect():
        return trust.wrap_socket(socket.create_connection(("127.0.0.1", proxy.https)), server_hostname=HOST)

    with trickling_bodies(connect):
        for _ in range(5):
            assert proxy.get("/livez").ok


def test_a_file_that_the_portal_would_refuse_ends_at_the_proxy(proxy):
    with socket.create_connection(("127.0.0.1", proxy.https)) as plain:
        trust = ssl.create_default_context(cafile=str(proxy.trusted))
        with trust.wrap_socket(plain, server_hostname=HOST) as client:
            client.sendall(b"POST /pictures HTTP/1.1\r\nHost: portal.example.com\r\nContent-Length: 9000000\r\n\r\n")
            assert b" 413 " in client.recv(200)


def test_without_the_proxy_they_do(portal):
    host, port = portal.url.removeprefix("http://").split(":")
    with trickling_bodies(lambda: socket.create_connection((host, int(port)))), pytest.raises(requests.Timeout):
        for _ in range(MANY):
            requests.get(f"{portal.url}/livez", timeout=HELD_UP)
    portal.kill("web")
