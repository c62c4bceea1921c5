"""Web Push: a message to one browser, through its push service (RFC 8030), encrypted for it (RFC 8291), from us (RFC 8292)."""

import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from typing import NamedTuple

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02, VapidException

from portal.delivery import addresses, hosts, outgoing, told
from portal.delivery.errors import AnswerTooLarge, ForbiddenAddress, Undelivered, Unreachable
from portal.delivery.told import Told

_LOOK_UP = 2.0  # seconds: somebody waits for the answer
_KEPT = 86_400  # seconds for which a push service keeps what its browser cannot be given yet
_CLAIMS_LAST = 11 * 3600  # seconds; more than a day is refused, and so are clocks that differ
_LARGEST_ANSWER = 64 * 1024
_BROWSERS = (".fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")


class Keys(NamedTuple):
    """What a browser said of itself, base64url: its public key, and its secret for authentication."""

    p256dh: str
    auth: str


@dataclass(frozen=True)
class Sender:
    """Who sends: our key pair (base64url), and whom push services write to (mailto: or https:). What is signed for a service is
    kept for as long as the sender is: for a batch."""

    public: str
    private: str = field(repr=False)
    contact: str
    allow_private: bool = False
    _signed: dict[str, str] = field(default_factory=dict, repr=False)

    def post(self, endpoint: str, to: Keys, message: bytes, topic: str, timeout: float) -> Told:
        """Post a message of at most 3,993 bytes; an earlier one of the topic that waits is replaced. `timeout` seconds bound it.

        Raises ForbiddenAddress, Unreachable, TimedOut, NeverSent; ValueError for keys that are none.
        """
        target = _target(endpoint, self.allow_private)
        headers = {
            "Authorization": self._authorization(target),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_KEPT),
            "Urgency": "normal",
            "Topic": topic,
            "X-WNS-Cache-Policy": "cache",
        }
        try:
            answer = outgoing.request(
                "POST", endpoint, headers=headers, body=_encrypted(message, to), timeout=timeout,
                max_bytes=_LARGEST_ANSWER, allow_private=self.allow_private,
            )  # fmt: skip
        except AnswerTooLarge as error:
            return Told(error.status, str(error), None)
        return Told(answer.status, told.quoted(answer.body), told.retry_after(answer.headers.get("retry-after", "")))

    def host(self, endpoint: str) -> str:
        """Whose push service it is."""
        try:
            return hosts.parse_url(endpoint).host
        except Undelivered:
            return ""

    def _authorization(self, target: hosts.Target) -> str:
        origin = _origin(target)
        if origin not in self._signed:
            claims = {"aud": origin, "exp": int(time.time()) + _CLAIMS_LAST, "sub": self.contact}
            vapid = Vapid02.from_raw(self.private.encode())
            vapid.conf["no-strict"] = True  # The contact was looked at when the portal started.
            try:
                self._signed[origin] = vapid.sign(claims)["Authorization"]
            except VapidException:
                raise ForbiddenAddress(f"{origin} is not where a push service is.") from None
        return self._signed[origin]


def is_of_a_browser(endpoint: str) -> bool:
    """Whether it is at a push service of Chrome's, Firefox', Safari's or Edge's: nobody else chose whose name is looked up."""
    try:
        host = hosts.parse_url(endpoint).host
    except Undelivered:
        return False
    return f".{host}".endswith(_BROWSERS)


def refuse_address(endpoint: str, *, allow_private: bool = False) -> None:
    """Raises ForbiddenAddress for an endpoint that nothing is sent to: it is not https, or leads into the network here. A name that
    cannot be looked up at the moment is looked at again at each sending."""
    target = _target(endpoint, allow_private)
    try:
        addresses.resolve(target.host, target.port, allow_private=allow_private, timeout=_LOOK_UP)
    except Unreachable:
        pass


def _target(endpoint: str, allow_private: bool) -> hosts.Target:
    target = hosts.parse_url(endpoint)
    if target.scheme != "https" and not allow_private:
        raise ForbiddenAddress("The address of a push service must begin with https://.")
    return target


def _origin(target: hosts.Target) -> str:
    is_usual = target.port == hosts.PORTS[target.scheme]
    return f"{target.scheme}://{target.host}" + ("" if is_usual else f":{target.port}")


def _encrypted(message: bytes, to: Keys) -> bytes:
    return http_ece.encrypt(
        message, private_key=ec.generate_private_key(ec.SECP256R1()), dh=_bytes(to.p256dh), auth_secret=_bytes(to.auth),
        version="aes128gcm",
    )  # fmt: skip


def _bytes(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
