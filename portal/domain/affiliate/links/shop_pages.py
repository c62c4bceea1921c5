"""Any page of a shop that its landings stand on. What is sent on to is put together from the merchant's own scheme and
host and the rest of what was asked for, so that no address, however it is written, leads anywhere else."""

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from portal.domain.affiliate.clicks.addresses import host_in_ascii, in_ascii

_ADDRESS = re.compile(r"(?:(https?):)?//([^/?#]+)([/?#].*|)", re.IGNORECASE)
_BARE = re.compile(r"(?P<host>[^/?#:]+(?::[0-9]+)?)(?P<rest>[/?#].*|)")
_PATH = re.compile(r"/(?!/).*")
_NEVER = re.compile(r"[\x00-\x1f\x7f\\]")
_COULD_BE = re.compile(r".*[/\\%]|[a-z]+:", re.IGNORECASE | re.DOTALL)
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def asked_for(query: str) -> tuple[str | None, str]:
    """The page that a link's query names by `to`, decoded once, and the rest of the query.

    What cannot be meant as an address is the shop's own `to` and stays.
    """
    if "to=" not in query:
        return None, query
    pairs = query.split("&")
    named = [pair for pair in pairs if pair.startswith("to=")]
    page = next((said for said in map(_decoded, named) if _COULD_BE.match(said)), None)
    return page, query if page is None else "&".join(pair for pair in pairs if pair not in named)


def under(landings: Iterable[str], said: str) -> str | None:
    """The whole address of the page, if one of the landings stands on the same host; a path is the first one's."""
    said = said.strip()
    if _NEVER.search(said):
        return None
    if _PATH.fullmatch(said):
        return next((f"{origin}{in_ascii(said)}" for _, _, origin in map(_origin, landings)), None)
    found = _ADDRESS.fullmatch(said)
    scheme, host, rest = found.groups() if found else (None, *_bare(said))
    if not host:
        return None
    meant = {own: _host(host, scheme or own) for own in _USUAL_PORTS}  # once, however many landings there are
    for own_scheme, own_host, origin in map(_origin, landings):
        if meant[own_scheme.lower()] == own_host:
            return f"{origin}{in_ascii(rest)}"
    return None


def hosts(landings: Iterable[str]) -> list[str]:
    """The hosts of the landings, each once, for people to read."""
    return list(dict.fromkeys(host for _, host, _ in map(_origin, landings)))


def _bare(said: str) -> tuple[str | None, str]:
    """Host and rest of an address that was pasted without its scheme."""
    found = _BARE.fullmatch(said)
    return (found["host"], found["rest"]) if found and "." in found["host"] else (None, "")


def _origin(url: str) -> tuple[str, str, str]:
    """(scheme, host as it is compared, both as they are written) of a landing's address."""
    scheme, _, rest = url.partition("://")
    host = host_in_ascii(re.split(r"[/?#]", rest, maxsplit=1)[0])
    return scheme, _host(host, scheme), f"{scheme}://{host}"


def _host(host: str, scheme: str) -> str:
    return host_in_ascii(host).lower().removesuffix(_USUAL_PORTS[scheme.lower()])


def _decoded(pair: str) -> str:
    said = unquote_to_bytes(pair.partition("=")[2])
    try:
        return said.decode()
    except UnicodeDecodeError:  # Bytes of another encoding: they go on as such.
        return re.sub(rb"[\x80-\xff]", lambda match: b"%%%02X" % match[0][0], said).decode()
