"""The guard: which addresses may be connected to, and the one that must be."""

import queue
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from portal.delivery.errors import ForbiddenAddress, NeverSent, Unreachable
from portal.delivery.hosts import canonical_host, literal_address

IPAddress = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Address:
    """Where to connect: `host` names it (Host header, SNI, certificate), `ip` and `port` are what is dialled."""

    host: str
    ip: str
    port: int


# Opened by ALLOW_PRIVATE_ADDRESSES.
PRIVATE = {
    "10.0.0.0/8": "a private address",
    "100.64.0.0/10": "an address shared behind a carrier's NAT",
    "127.0.0.0/8": "a loopback address",
    "172.16.0.0/12": "a private address",
    "192.168.0.0/16": "a private address",
    "::1/128": "a loopback address",
    "fc00::/7": "a private address",
}

# Opened by nothing: an intranet has no web server here, but a cloud keeps its machines' secrets here.
# The IANA special-purpose registries (RFC 6890) and the metadata addresses outside of them.
NEVER = {
    "0.0.0.0/8": "an unspecified address",
    "100.100.100.200/32": "a cloud metadata address",
    "168.63.129.16/32": "a cloud metadata address",
    "169.254.0.0/16": "a link-local address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "a documentation address",
    "192.88.99.0/24": "a reserved address",
    "198.18.0.0/15": "a benchmarking address",
    "198.51.100.0/24": "a documentation address",
    "203.0.113.0/24": "a documentation address",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
    "::/128": "an unspecified address",
    "64:ff9b:1::/48": "a locally translated address",
    "2001::/23": "a reserved or tunnelled address",
    "2001:db8::/32": "a documentation address",
    "2002::/16": "a tunnelled address",
    "3fff::/20": "a documentation address",
    "fd00:ec2::254/128": "a cloud metadata address",
    "fd20:ce::254/128": "a cloud metadata address",
    "fe80::/10": "a link-local address",
    "fec0::/10": "a site-local address",
    "ff00::/8": "a multicast address",
}

PRIVATE_NETWORKS = [(ip_network(net), what) for net, what in PRIVATE.items()]
NEVER_NETWORKS = [(ip_network(net), what) for net, what in NEVER.items()]
GLOBAL_UNICAST = ip_network("2000::/3")
TRANSLATED = ip_network("64:ff9b::/96")


def resolve(host: str, port: int, *, allow_private: bool = False, timeout: float = 5.0) -> Address:
    """The one address to connect to for `host`, resolved once; `timeout` in seconds.

    One forbidden answer among several refuses the host: a resolver that mixes them is rebinding.
    Raises ForbiddenAddress, Unreachable (the name is unknown), NeverSent.
    """
    name = canonical_host(host)
    literal = literal_address(name)
    answers = [literal] if literal else look_up(name, port, timeout)
    for answer in answers:
        check(answer, allow_private=allow_private)
    return Address(name, str(answers[0]), port)


def check(address: IPAddress, *, allow_private: bool = False) -> None:
    """Raises ForbiddenAddress unless `address` is public, or private where `allow_private` says so."""
    why = _objection(_meant(address), allow_private)
    if why:
        raise ForbiddenAddress(f"{address} is {why}; the portal does not connect to it.")


def _objection(address: IPAddress, allow_private: bool) -> str | None:
    never = _found(address, NEVER_NETWORKS)
    private = _found(address, PRIVATE_NETWORKS)
    if never or private:
        return never or (None if allow_private else private)
    if address.version == 6 and address not in GLOBAL_UNICAST:
        return "not a public address"
    return None


def _found(address: IPAddress, networks: list) -> str | None:
    return next((what for network, what in networks if address in network), None)


def _meant(address: IPAddress) -> IPAddress:
    """The IPv4 address that a mapped (RFC 4291) or translated (RFC 6052) IPv6 address leads to."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in TRANSLATED:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def look_up(name: str, port: int, timeout: float) -> list[IPAddress]:
    """Every address of a name, unchecked; `timeout` in seconds. Raises Unreachable, NeverSent."""
    # The system's resolver takes no timeout, so it is waited for from outside.
    answers: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_ask(name, port)), daemon=True).start()
    try:
        found = answers.get(timeout=timeout)
    except queue.Empty:
        raise NeverSent(f"Looking up {name} took too long.") from None
    if not found:
        raise Unreachable(f"The host {name} could not be found.")
    return found


def _ask(name: str, port: int) -> list[IPAddress]:
    try:
        answers = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ip_address(sockaddr[0]) for *_, sockaddr in answers]
