"""Apple's phones are told that a pass changed: each by an empty message through Apple's push service (APNs over HTTP/2), which knows
whose pass it is by the certificate that the connection is made with (Apple: "Adding a Web Service to Update Passes")."""

import secrets
import ssl
import tempfile
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from h2.exceptions import H2Error

from portal.delivery.addresses import resolve
from portal.delivery.apple_talk import Talk
from portal.delivery.errors import Unreachable
from portal.delivery.hosts import Target, parse_url
from portal.delivery.outgoing import failure
from portal.delivery.told import Told
from portal.delivery.wire import Deadline, dial, secure


class Certificate(NamedTuple):
    """What the connection is made with, PEM: the certificate of the kind of passes, the one that issued it, and the key."""

    own: str
    above: str
    key: str


def announce(
    service: str, by: Certificate, pass_type: str, phones: Sequence[str], timeout: float, *, allow_private: bool = False
) -> list[Told]:
    """Tell phones, by their push tokens, on one connection; what was answered for each, in their order. The same told twice is
    one to a phone, which fetches the pass.

    `timeout` seconds bound all of it. Where the service breaks off, whoever is not answered for has no status. Raises
    ForbiddenAddress, Unreachable, TimedOut where it cannot be spoken with at all; ValueError for a certificate that is none.
    """
    target, deadline = parse_url(service), Deadline(timeout, timeout)
    with _line(target, deadline, _context(by), allow_private) as line:
        if line.selected_alpn_protocol() != "h2":
            raise Unreachable(f"{target.host} does not speak HTTP/2.")
        talk = Talk(line, target.host, pass_type, deque(enumerate(phones)))
        try:
            talk.run()
        except (ConnectionError, H2Error):
            talk.broken = f"{target.host} broke off."
        except OSError as error:
            talk.broken = str(failure(error, target))
    return [talk.answers.get(place) or Told(None, talk.broken) for place in range(len(phones))]


def _line(target: Target, deadline: Deadline, context: ssl.SSLContext, allow_private: bool) -> ssl.SSLSocket:
    try:
        address = resolve(target.host, target.port, allow_private=allow_private, timeout=deadline.left())
        return secure(dial(address, deadline), target.host, deadline, context)
    except OSError as error:
        raise failure(error, target) from error


def _context(by: Certificate) -> ssl.SSLContext:
    """TLS that checks who answers as everywhere, and says who asks."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["h2"])
    # It is read from files alone: the key is written locked, and is gone from there at once.
    password = secrets.token_bytes(24).hex().encode()
    key = load_pem_private_key(by.key.encode(), None, unsafe_skip_rsa_key_validation=True)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
    with tempfile.NamedTemporaryFile() as file:
        file.write(by.own.encode() + by.above.encode() + locked)
        file.flush()
        context.load_cert_chain(file.name, password=password)
    return context
