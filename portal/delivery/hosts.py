"""Reading a URL: one spelling for every host, and no way to hide another behind it."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from portal.delivery.errors import ForbiddenAddress

PORTS = {"http": 80, "https": 443}
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
NETLOC = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:]*)(:[0-9]*)?")
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class Target:
    """What a URL asks for: `host` in its one spelling, `path` with the query, ready for the wire."""

    scheme: str
    host: str
    port: int
    path: str


def parse_url(url: str) -> Target:
    """Reads an http or https URL (RFC 3986); the port is the URL's or its scheme's. Asks no resolver.

    Raises ForbiddenAddress for any other scheme, a user name or password, and a host in an odd notation.
    """
    parts = _split(url)
    if parts.scheme not in PORTS:
        raise ForbiddenAddress("The address must begin with https:// or http://.")
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    return Target(parts.scheme, canonical_host(parts.hostname or ""), port, _path(parts))


def _split(url: str) -> SplitResult:
    # Parsers differ on white space, control characters and backslashes; a URL needs none of them.
    if UNSAFE.search(url):
        raise ForbiddenAddress("The address must not contain spaces, control characters or backslashes.")
    try:
        parts = urlsplit(url)
        well_formed = parts.port != 0
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ForbiddenAddress("The address is not a well-formed URL.")
    if "@" in parts.netloc:
        raise ForbiddenAddress("The address must not contain a user name or a password.")
    if not NETLOC.fullmatch(parts.netloc):
        raise ForbiddenAddress("The address is not a well-formed URL.")
    return parts


def _path(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        return quote(path, safe="%/:?#[]@!$&'()*+,;=~|")
    except UnicodeEncodeError:
        raise ForbiddenAddress("The address is not a well-formed URL.") from None


def canonical_host(host: str) -> str:
    """The host in lower-case ASCII (IDNA 2008, RFC 5891), without a trailing dot, or a plain IP address.

    Raises ForbiddenAddress for anything else: decimal, octal, hexadecimal and shortened IPv4, zone ids, bad labels.
    """
    if ":" in host:
        return _canonical_ipv6(host)
    name = _to_ascii(host).removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise ForbiddenAddress(f"“{host}” is not a host name.")
    if NUMBER.fullmatch(labels[-1]):
        _insist_on_plain_ipv4(name)
    return name


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a canonical host spells out, or None if it is a name."""
    if ":" in host:
        return IPv6Address(host)
    return IPv4Address(host) if NUMBER.fullmatch(host.rpartition(".")[2]) else None


def _canonical_ipv6(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        address = None
    if address is None or address.scope_id:
        raise ForbiddenAddress(f"“{host}” is not an IPv6 address.")
    return str(address)


def _insist_on_plain_ipv4(name: str) -> None:
    # A host that ends in a number is an IPv4 address to every resolver, in notations that no person would write.
    try:
        IPv4Address(name)
    except AddressValueError:
        raise ForbiddenAddress(f"“{name}” is not written as a plain IPv4 address.") from None


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise ForbiddenAddress(f"“{host}” is not a host name.") from None
