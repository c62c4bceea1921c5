"""Whose mailbox an address leads to, however it is written: to compare people by, never to send to."""

import re
import unicodedata

from portal.domain.typed.texts import normal

_GMAIL = {"gmail.com", "googlemail.com"}
_LONGEST_LABEL = 63  # RFC 1035; to encode a longer one costs its length squared
_NAMED = re.compile(r"<([^<>]*)>\s*$")  # Name <address>


def mailbox(text: str) -> str | None:
    """The mailbox of an address, or None for what is none. Case, tags (`name+tag@`; shops lose the plus on the way) and
    Gmail's dots make no other one."""
    written = text if text.isascii() else _visible(text)
    named = _NAMED.search(written)
    address = (named[1] if named else written).strip().casefold().removeprefix("mailto:")
    local, at, domain = address.rpartition("@")
    local, domain = re.split(r"[+ ]", local.strip(), maxsplit=1)[0], _domain(domain)
    if not at or not local or not domain:
        return None
    if domain in _GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def _visible(text: str) -> str:
    return "".join(sign for sign in normal("NFKC", text) if unicodedata.category(sign) != "Cf")


def _domain(written: str) -> str:
    domain = written.strip().rstrip(".")
    if domain.isascii() or max(map(len, domain.split("."))) > _LONGEST_LABEL:
        return domain
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
