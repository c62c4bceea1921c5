"""Apple's push service on loopback: it speaks HTTP/2 with whoever has a certificate, and answers what a phone's token says."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded
from h2.settings import SettingCodes

from tests.delivery.servers import Served, serving
from tests.support import wallets

# What a token that begins so is answered: the status, the reason, and more headers.
ANSWERS = {
    "good": (200, "", {}),
    "bad": (400, "BadDeviceToken", {}),
    "other": (400, "DeviceTokenNotForTopic", {}),
    "gone": (410, "Unregistered", {}),
    "busy": (429, "TooManyRequests", {"retry-after": "90"}),
    "broken": (500, "InternalServerError", {}),
}


@dataclass
class Got:
    """A request, and whose certificate its connection was made with."""

    path: str
    headers: dict[str, str]
    body: bytes
    by: str


@dataclass
class AppleService:
    """What came so far, and on how many connections; tokens that begin with `nothing` are answered when they are let go, and at
    `goaway` the service ends the connection."""

    at: str
    most: int = 100  # streams at once
    got: list[Got] = field(default_factory=list)
    connections: int = 0
    most_open: int = 0
    let_go: Event = field(default_factory=Event)

    @property
    def told(self) -> list[str]:
        """The tokens, in the order in which they came."""
        return [got.path.rpartition("/")[2] for got in self.got]


@contextmanager
def apple_service(folder: Path, monkeypatch, alpn: str = "h2", most: int = 100) -> Iterator[AppleService]:
    """Runs while the block does, trusted by what connects meanwhile."""
    context = _context(folder, monkeypatch)
    context.set_alpn_protocols([alpn])

    def behave(line, served: Served) -> None:
        service.connections += 1
        _Session(line, service).run()

    with serving(behave, tls=context) as served:
        service = AppleService(f"https://localhost:{served.port}", most)
        yield service
        service.let_go.set()


def _context(folder: Path, monkeypatch) -> ssl.SSLContext:
    """A server's, which wants a certificate that the tests' authority issued."""
    names = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    key, root = wallets.key("service"), wallets.key("root")
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "root")])
    made = wallets.certificate("service", "root", {NameOID.COMMON_NAME: "localhost"})
    builder = x509.CertificateBuilder().subject_name(names).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(made.serial_number).not_valid_before(made.not_valid_before_utc)
    builder = builder.not_valid_after(made.not_valid_after_utc)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
    own, top = builder.sign(root, SHA256()), folder / "root.pem"
    above = wallets.certificate("root", "root", {NameOID.COMMON_NAME: "root"}, is_authority=True)
    top.write_bytes(above.public_bytes(Encoding.PEM))
    (folder / "service.pem").write_bytes(own.public_bytes(Encoding.PEM) + wallets.pem(key))
    (folder / "clients.pem").write_bytes(wallets.apple().intermediate)
    monkeypatch.setenv("SSL_CERT_FILE", str(top))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "service.pem")
    context.load_verify_locations(folder / "clients.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class _Session:
    """One connection."""

    def __init__(self, line: ssl.SSLSocket, service: AppleService):
        self.line, self.service = line, service
        self.h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.h2.local_settings[SettingCodes.MAX_CONCURRENT_STREAMS] = service.most
        self.h2.local_settings.acknowledge()
        self.open: dict[int, Got] = {}
        names = dict(pair for part in line.getpeercert()["subject"] for pair in part)
        self.by = names["userId"]

    def run(self) -> None:
        self.h2.initiate_connection()
        self.line.sendall(self.h2.data_to_send())
        while piece := self.line.recv(65536):
            for event in self.h2.receive_data(piece):
                self.take(event)
            self.line.sendall(self.h2.data_to_send())

    def take(self, event) -> None:
        if isinstance(event, RequestReceived):
            headers = dict(event.headers)
            self.open[event.stream_id] = Got(headers[":path"], headers, b"", self.by)
            self.service.most_open = max(self.service.most_open, len(self.open))
        elif isinstance(event, DataReceived):
            self.open[event.stream_id].body += event.data
        elif isinstance(event, StreamEnded):
            self.answer(event.stream_id, self.open[event.stream_id])

    def answer(self, stream: int, got: Got) -> None:
        self.service.got.append(got)
        token = got.path.rpartition("/")[2]
        if token.startswith("goaway"):
            return self.h2.close_connection(additional_data=b'{"reason":"Shutdown"}', last_stream_id=0)
        if token.startswith("reset"):
            del self.open[stream]
            return self.h2.reset_stream(stream)
        if token.startswith("nothing"):
            self.h2.ping(b"one ping")
            self.line.sendall(self.h2.data_to_send())
            self.service.let_go.wait(30)
        status, reason, more = ANSWERS[token.partition("-")[0]]
        body = json.dumps({"reason": reason}).encode() if reason else b""
        self.h2.send_headers(stream, [(":status", str(status)), *more.items()], end_stream=not body)
        if body:
            self.h2.send_data(stream, body, end_stream=True)
        del self.open[stream]
