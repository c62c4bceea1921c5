"""HTTP requests to addresses that users name: webhooks, push endpoints, pictures."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from portal.delivery.addresses import resolve
from portal.delivery.errors import AnswerTooLarge, TimedOut, Unreachable
from portal.delivery.hosts import Target, parse_url
from portal.delivery.wire import Deadline, PinnedConnection

PIECE = 64 * 1024
# What frames the message is ours: a caller who could set it could smuggle a second request.
OURS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "expect", "upgrade"}


@dataclass(frozen=True)
class Received:
    """An HTTP answer, a 3xx as much as a 2xx. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = 10.0,
    read_timeout: float | None = None,
    max_bytes: int = 1024 * 1024,
    allow_private: bool = False,
) -> Received:
    """Sends one request over a connection of its own (RFC 9112) and reads at most `max_bytes` of the answer's body.

    `timeout` seconds bound the whole exchange, `read_timeout` each wait within it. No redirect is followed, no proxy
    used, nothing decompressed. Raises ForbiddenAddress, Unreachable, TimedOut, NeverSent, AnswerTooLarge; ValueError
    for a method or header that HTTP does not have or that is not the caller's.
    """
    target = parse_url(url)
    sent_headers = _headers(headers or {})
    deadline = Deadline(timeout, read_timeout or timeout)
    address = resolve(target.host, target.port, allow_private=allow_private, timeout=deadline.left())
    connection = PinnedConnection(address, deadline, tls=target.scheme == "https")
    try:
        connection.request(method, target.path, body, sent_headers)
        return _read(connection, max_bytes)
    except (OSError, http.client.HTTPException) as error:
        raise failure(error, target) from error
    finally:
        connection.close()


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    taken = OURS.intersection(name.lower() for name in given)
    if taken:
        raise ValueError(f"headers that a caller cannot set: {', '.join(sorted(taken))}")
    ours = {"Accept-Encoding": "identity", "Connection": "close"}
    if not any(name.lower() == "user-agent" for name in given):
        ours["User-Agent"] = "Partner-Portal"
    return {**given, **ours}


def _read(connection: PinnedConnection, max_bytes: int) -> Received:
    try:
        response = connection.getresponse()
        body = _read_body(response, max_bytes)
    except (ValueError, OverflowError) as error:
        raise http.client.HTTPException("a number that is none") from error
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        before = headers.get(name.lower())
        headers[name.lower()] = value if before is None else f"{before}, {value}"
    return Received(response.status, headers, body)


def _read_body(response: http.client.HTTPResponse, max_bytes: int) -> bytes:
    body = bytearray()
    # read1, not read: read trusts a chunk size of -1 and takes in everything that comes.
    while (response.length or 0) + len(body) <= max_bytes and (piece := response.read1(PIECE)):
        body += piece
    if (response.length or 0) + len(body) > max_bytes:
        raise AnswerTooLarge(f"The answer is larger than {max_bytes:,} bytes.", response.status)
    if response.length:
        raise http.client.IncompleteRead(bytes(body), response.length)
    return bytes(body)


def failure(error: Exception, target: Target) -> Unreachable:
    """What went wrong on the wire, as a sentence."""
    if isinstance(error, TimeoutError):
        return TimedOut(f"{target.host} did not answer in time.")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(f"{target.host} has no valid certificate: {error.verify_message}.")
    if isinstance(error, ssl.SSLError):
        return Unreachable(f"{target.host} could not agree on a secure connection.")
    if isinstance(error, http.client.HTTPException):
        return Unreachable(f"{target.host} broke off or did not speak HTTP.")
    return Unreachable(f"{target.host} could not be reached on port {target.port}.")
