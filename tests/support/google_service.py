"""Google's tokens and wallet on loopback: it checks who claims to be whom, and answers as it is told to."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from tests.delivery.servers import Served, page, serving, whole_request
from tests.support import wallets

TOKEN = "ya29.a-token"
MORE = {429: "Retry-After: 90\r\n"}


@dataclass
class Got:
    """A request for the wallet."""

    method: str
    path: str
    body: dict


@dataclass
class GoogleService:
    """What came so far; `statuses` are the next answers of the wallet, then 200; `messages` are what objects show."""

    at: str
    got: list[Got] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    token_status: int = 200
    messages: list[dict] = field(default_factory=list)

    @property
    def tokens(self) -> str:
        """Where tokens are given."""
        return f"{self.at}/token"


@contextmanager
def google_service() -> Iterator[GoogleService]:
    """Runs while the block does."""

    def behave(line, served: Served) -> None:
        head, _, body = whole_request(line).partition(b"\r\n\r\n")
        method, path, _ = head.split(b"\r\n")[0].decode().split()
        if path == "/token":
            return line.sendall(_token(service, parse_qs(body.decode())))
        assert f"authorization: bearer {TOKEN}".encode() in head.lower()
        service.got.append(Got(method, path, json.loads(body or b"{}")))
        status = service.statuses.pop(0) if service.statuses else 200
        if status == 0:
            return None
        said = {"messages": service.messages} if status == 200 else {"error": {"message": f"It is {status}."}}
        return line.sendall(page(json.dumps(said).encode(), status=f"{status} Told", headers=MORE.get(status, "")))

    with serving(behave) as served:
        service = GoogleService(f"http://127.0.0.1:{served.port}")
        yield service


def _token(service: GoogleService, given: dict[str, list[str]]) -> bytes:
    assert given["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    signed, _, signature = given["assertion"][0].rpartition(".")
    wallets.key("account").public_key().verify(_bytes(signature), signed.encode(), PKCS1v15(), SHA256())
    head, claims = (json.loads(_bytes(part)) for part in signed.split("."))
    assert head == {"alg": "RS256", "typ": "JWT", "kid": "k1"} and claims["aud"] == service.tokens
    service.claims.append(claims)
    if service.token_status != 200:
        return page(b'{"error": "invalid_grant", "error_description": "No such account."}', status="400 Told")
    return page(json.dumps({"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"}).encode())


def _bytes(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
