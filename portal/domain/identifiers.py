"""Identifiers that people and machines read: UUIDs, short codes, and secrets with a checksum."""

import hashlib
import re
import secrets
import uuid
import zlib

from portal.domain.typed.texts import mended, plain, visible

# No 0, 1, I and O: nobody should have to guess when reading a code aloud.
_READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_BASE62)}
_TOKEN = re.compile(r"pp_(live|test)_([0-9A-Za-z]{30})([0-9A-Za-z]{6})")
_CODE = re.compile(r"[A-Z0-9]{4,16}")

CATALOG_CODE, LANDING_CODE, UID = 5, 6, 9


def new_uuid() -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID in its usual form."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def typed_uuid(text: str) -> str | None:
    """A UUID that somebody typed or pasted, as it is stored, or None when it is none."""
    code = plain(text).lower()
    return code if is_uuid(code) else None


def typed_id(text: str | int) -> int | None:
    """The id of a row as somebody sends it, a number or its digits; None when no row can have it."""
    said = visible(str(text)).strip()
    digits = plain(said) if said.isdecimal() else ""  # "²3" is no number, though its plain letters are 23.
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def short_code(length: int) -> str:
    """A random code of the given length without look-alike characters."""
    return "".join(secrets.choice(_READABLE) for _ in range(length))


def is_readable(code: str) -> bool:
    """Whether a code has no character but those that short codes are made of."""
    return set(code) <= set(_READABLE)


def normal_code(text: str) -> str | None:
    """A typed short code as it is stored, or None when it cannot be one (contract: affiliate, "Two catalog ids")."""
    code = mended(text)
    return code if _CODE.fullmatch(code) else None


def random_base62(length: int) -> str:
    """A random secret."""
    return "".join(secrets.choice(_BASE62) for _ in range(length))


def new_token(kind: str, body: str | None = None) -> str:
    """A client token, `pp_live_…` or `pp_test_…`: 30 characters of secret and 6 of checksum."""
    body = body or random_base62(30)
    return f"pp_{kind}_{body}{_checksum(kind + body)}"


def token_is_whole(token: str) -> bool:
    """Whether the checksum fits, so that a mistyped or invented token costs no query."""
    match = _TOKEN.fullmatch(token)
    return match is not None and _checksum(match[1] + match[2]) == match[3]


def digest(secret: str) -> str:
    """What is stored of a long random secret. SHA-256 is enough: nobody guesses 178 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def base62(number: int, length: int) -> str:
    """A number in base 62, padded to the length."""
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits


def from_base62(text: str) -> int | None:
    """The number that `base62` wrote, or None when the text has other characters."""
    number = 0
    for letter in text:
        digit = _VALUES.get(letter)
        if digit is None:
            return None
        number = number * 62 + digit
    return number


def _checksum(text: str) -> str:
    return base62(zlib.crc32(text.encode()), 6)
