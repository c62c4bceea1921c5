"""The key of a service account at Google, which signs what a phone saves: read from its file."""

import json
import re
from typing import NamedTuple

from portal.domain.cards.wallets import rsa_keys
from portal.domain.errors import Invalid
from portal.domain.sentences import say

LARGEST_FILE = 16 << 10  # bytes
_ISSUER = re.compile(r"[0-9]{10,25}", re.ASCII)
_MAIL = re.compile(r"[!-?A-~]{1,100}@[!-?A-~]{1,150}")
_NAME = re.compile(r"[0-9A-Za-z_-]{0,100}")
_NOT_ONE = say("This is no key of a service account. Choose the JSON file that Google gave you for it.")


class GoogleKeys(NamedTuple):
    """The issuer's number, whose key it is, what Google calls the key, and the key as PEM."""

    issuer: str
    mail: str
    key_id: str
    key: str


def read(issuer: str, body: bytes) -> GoogleKeys:
    """The keys. Raises Invalid with the field that is wrong."""
    issuer = issuer.replace(" ", "")
    if not _ISSUER.fullmatch(issuer):
        raise Invalid("issuer", say("Write the issuer ID as Google’s console shows it: digits alone."))
    if not body:
        raise Invalid("account", say("Choose a file first."))
    given = _given(body)
    mail, key_id, key = (given.get(name) for name in ("client_email", "private_key_id", "private_key"))
    if not isinstance(mail, str) or not isinstance(key, str) or not _MAIL.fullmatch(mail):
        raise Invalid("account", _NOT_ONE)
    if not isinstance(key_id, str) or not _NAME.fullmatch(key_id):
        key_id = ""
    _refuse_unusable(key)
    return GoogleKeys(issuer, mail, key_id, key)


def _given(body: bytes) -> dict:
    try:
        given = json.loads(body) if len(body) <= LARGEST_FILE else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or given.get("type") != "service_account":
        raise Invalid("account", _NOT_ONE)
    return given


def _refuse_unusable(key: str) -> None:
    try:
        rsa_keys.read(key.encode())
    except (ValueError, TypeError):
        raise Invalid("account", _NOT_ONE) from None
    except rsa_keys.Unsuited:
        raise Invalid("account", say("The key must be an RSA key of 2048 to 4096 bits.")) from None
