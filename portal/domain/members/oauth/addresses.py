"""Where an app has members' browsers sent back to: registered whole, and asked for as they were registered (RFC 6749 §3.1.2)."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from portal.domain.sentences import say
from portal.domain.values import Wrong

MOST, LONGEST = 10, 500
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?(?=[/?]|$)")
_OWN_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+")  # a domain of the app's, backwards (RFC 8252 §7.1)
_HERE = ("127.0.0.1", "::1", "localhost")


def registered(lines: Sequence[str]) -> list[str]:
    """The addresses of a list. Raises Wrong for none, for too many, and for a line that cannot be one."""
    kept = list(dict.fromkeys(_address(line.strip(), number) for number, line in enumerate(lines, 1)))
    if not kept:
        raise Wrong(say("Give at least one address, to which members come back."))
    if len(kept) > MOST:
        raise Wrong(say("Give at most {most}.", most=MOST))
    return kept


def is_one_of(known: Iterable[str], asked: str) -> bool:
    """Whether the address is registered, letter by letter; that of the own machine may have another port (RFC 8252 §7.3)."""
    if not _LOOPBACK.match(asked):
        return asked in known
    return _without_port(asked) in {_without_port(address) for address in known if _LOOPBACK.match(address)}


def source(address: str) -> str:
    """What a browser's policy calls the place that the address leads to; it has no word for IPv6."""
    parts = urlsplit(address)
    is_named = parts.scheme in ("http", "https") and "[" not in parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if is_named else f"{parts.scheme}:"


def _without_port(address: str) -> str:
    return _LOOPBACK.sub(r"http://\1", address)


def _address(line: str, number: int) -> str:
    if not _is_usable(line):
        raise Wrong(
            say(
                "Line {number}: give a whole address such as https://shop.example/signed-in or com.example.app:/signed-in. "
                "Without encryption only the own machine will do: http://127.0.0.1/signed-in.",
                number=number,
            ),
        )
    return line


def _is_plain(line: str) -> bool:
    return line.isascii() and line.isprintable() and not set(line) & set(" #\\<>\"'*;,")


def _is_usable(line: str) -> bool:
    if not 0 < len(line) <= LONGEST or not _is_plain(line):
        return False
    try:
        parts = urlsplit(line)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if "@" in parts.netloc:
        return False
    if parts.scheme in ("http", "https"):
        return bool(host) and (parts.scheme == "https" or host in _HERE)
    return bool(_OWN_SCHEME.fullmatch(parts.scheme)) and len(line) > len(parts.scheme) + 1
