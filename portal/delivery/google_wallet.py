"""Google's wallet is told what changed on a card, and what is sent to it (REST, walletobjects v1): as a service account, which proves
itself by a signed claim (RFC 7523) and is given a token for a while."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from portal.delivery import google_save, outgoing, told
from portal.delivery.errors import AnswerTooLarge
from portal.delivery.told import Told

_SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LASTS = 600  # seconds that a claim is good
_LARGEST_ANSWER = 256 * 1024


class Account(NamedTuple):
    """Who asks: the service account's mail, what Google calls its key, and the key, PEM."""

    mail: str
    key_id: str
    key: str


class Places(NamedTuple):
    """Where tokens are given, and where the objects are."""

    tokens: str
    wallet: str


@dataclass(frozen=True)
class Wallet:
    """Google's wallet for who has a token: for a batch."""

    at: str
    token: str
    allow_private: bool = False

    def change(self, object_id: str, values: Mapping[str, Any], timeout: float) -> Told:
        """Change what an object shows; 404 where nobody saved it. `timeout` seconds bound it. Raises Undelivered."""
        return self._ask("PATCH", f"/{quote(object_id, safe='')}", values, timeout)

    def message(self, object_id: str, message: Mapping[str, str], timeout: float) -> Told:
        """Show its holder a message (id, header, body), with a notification. Raises Undelivered."""
        body = {"message": {**message, "messageType": "TEXT_AND_NOTIFY"}}
        return self._ask("POST", f"/{quote(object_id, safe='')}/addMessage", body, timeout)

    def has_message(self, object_id: str, message_id: str, timeout: float) -> bool:
        """Whether the object has this message already. Raises Undelivered."""
        answer = self._asked("GET", f"/{quote(object_id, safe='')}", None, timeout)
        kept = _object(answer.body).get("messages") if answer.status == 200 else None
        return any(isinstance(one, dict) and one.get("id") == message_id for one in kept or ())

    def _ask(self, method: str, path: str, body: Mapping[str, Any], timeout: float) -> Told:
        try:
            answer = self._asked(method, path, body, timeout)
        except AnswerTooLarge as error:
            return Told(error.status, str(error))
        said = "" if answer.status == 200 else _reason(answer.body)
        return Told(answer.status, said, told.retry_after(answer.headers.get("retry-after", "")))

    def _asked(self, method: str, path: str, body: Mapping[str, Any] | None, timeout: float) -> outgoing.Received:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return outgoing.request(
            method, f"{self.at}/walletobjects/v1/loyaltyObject{path}", headers=headers,
            body=None if body is None else json.dumps(body, ensure_ascii=False).encode(), timeout=timeout,
            max_bytes=_LARGEST_ANSWER, allow_private=self.allow_private,
        )  # fmt: skip


def opened(places: Places, account: Account, at: int, timeout: float, *, allow_private: bool = False) -> Wallet | Told:
    """The wallet, with a token; or why Google gave none. `at` is seconds since 1970. Raises Undelivered; ValueError for a key that
    is none."""
    claims = {"iss": account.mail, "scope": _SCOPE, "aud": places.tokens, "iat": at, "exp": at + _LASTS}
    claim = google_save.signed(claims, account.key_id, account.key)
    answer = outgoing.request(
        "POST", places.tokens, headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode({"grant_type": _GRANT, "assertion": claim}).encode(), timeout=timeout, max_bytes=_LARGEST_ANSWER,
        allow_private=allow_private,
    )  # fmt: skip
    token = _object(answer.body).get("access_token") if answer.status == 200 else None
    if isinstance(token, str) and token.isascii() and token.isprintable():
        return Wallet(places.wallet, token, allow_private)
    # What is no answer of a server of tokens is worth another try.
    status = 502 if answer.status == 200 else answer.status
    return Told(status, _reason(answer.body), told.retry_after(answer.headers.get("retry-after", "")))


def _reason(body: bytes) -> str:
    """What Google says of an error; else how the answer begins."""
    given = _object(body)
    error = given.get("error")
    said = error.get("message") if isinstance(error, dict) else given.get("error_description") or error
    return told.quoted(said.encode() if isinstance(said, str) else body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    return given if isinstance(given, dict) else {}
