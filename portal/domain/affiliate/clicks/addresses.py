"""The address that a promoter's link leads to, put together byte for byte: shops read it in whatever encoding they have."""

import re
from urllib.parse import quote, unquote_plus

UID_NAMES = ("myshare", "uid", "ref")  # in the order in which they name the promoter of a deal
# What a deal's `another_data` is read for. In an address that we make they are ours alone, whoever wrote them.
_OF_CUSTOMERS = ("click", "customer")
RESERVED = (*UID_NAMES, *_OF_CUSTOMERS)
_UNSAFE = re.compile(r"[^\x21-\x7e]")
_LONGEST_LABEL, _LONGEST_HOST = 63, 253  # RFC 1035, 2.3.4
_PARTS = re.compile(r"(https?://)([^/?#]*)(.*)", re.DOTALL)


def travelling(query: str) -> str:
    """What of a link's own query (one character a byte) goes on to the shop, in its order and as it was written."""
    if not (query.isascii() and query.isprintable()):
        query = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", query)
    return _without_reserved(query)


def leading_to(url: str, query: str, uid: str, click: str) -> str:
    """The shop's address with what travels along, then our own names, which are the last and so decide."""
    base, hash_, fragment = in_ascii(url).partition("#")
    place, _, own = base.partition("?")
    parts = filter(None, (_without_reserved(own), query, f"myshare={uid}&click={click}"))
    return f"{place}?{'&'.join(parts)}{hash_}{fragment}"


def with_click(url: str, click: str) -> str:
    """An address of the merchant's own with a click of ours; a promoter whom it names stays named."""
    base, hash_, fragment = in_ascii(url).partition("#")
    place, _, own = base.partition("?")
    return f"{place}?{'&'.join(filter(None, (_without(_OF_CUSTOMERS, own), f'click={click}')))}{hash_}{fragment}"


def reserved_in(url: str) -> list[str]:
    """The reserved names in an address's own query, each once: links leave them out."""
    query = url.partition("#")[0].partition("?")[2]
    return [name for name in RESERVED if any(_name(pair) == name for pair in query.split("&"))]


def in_ascii(url: str) -> str:
    """An address, or what follows its host, as headers take it; all that is ASCII in it stays as it is."""
    if url.isascii() and url.isprintable():
        return url
    parts = _PARTS.fullmatch(url)
    scheme, host, rest = parts.groups() if parts else ("", "", url)
    return f"{scheme}{host_in_ascii(host)}{_UNSAFE.sub(_encoded, rest)}"


def host_in_ascii(host: str) -> str:
    """A host as it is written in headers. One that is too long is none, and is not worked out: that costs its length squared."""
    try:
        return _UNSAFE.sub(_encoded, host) if _is_too_long(host) else host.encode("idna").decode()
    except UnicodeError:
        return _UNSAFE.sub(_encoded, host)


def _is_too_long(host: str) -> bool:
    return len(host) > _LONGEST_HOST or max(map(len, host.split("."))) > _LONGEST_LABEL


def _encoded(match: re.Match) -> str:
    return quote(match[0], safe="")


def _without_reserved(query: str) -> str:
    return _without(RESERVED, query)


def _without(names: tuple[str, ...], query: str) -> str:
    if not query:
        return query
    pairs = query.split("&")
    kept = [pair for pair in pairs if _name(pair) not in names]
    return query if len(kept) == len(pairs) else "&".join(kept)


def _name(pair: str) -> str:
    name = pair.partition("=")[0]
    return unquote_plus(name) if "%" in name or "+" in name else name
