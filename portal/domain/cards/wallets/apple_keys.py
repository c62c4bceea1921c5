"""Apple's certificate of a kind of passes with its key, and Apple's own above it: read from files, and held to each other."""

from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from portal import clock
from portal.domain.cards.wallets import rsa_keys
from portal.domain.errors import Invalid
from portal.domain.sentences import say

LARGEST_FILE = 32 << 10  # bytes: a certificate and its key are four thousand


class AppleKeys(NamedTuple):
    """PEM texts, and what the certificate says: the kind of passes, the team, and when it ends."""

    certificate: str
    key: str
    intermediate: str
    pass_type: str
    team: str
    ends_at: datetime


def read(certificate: bytes, key: bytes, intermediate: bytes) -> AppleKeys:
    """The keys in these files; `certificate` may hold the key as well. Raises Invalid with the file that is wrong.

    Nothing in them is encrypted: what unlocks such a file may be made to take hours.
    """
    own, above = _certificate("certificate", certificate), _certificate("intermediate", intermediate)
    private = _key(key or certificate)
    if private.public_key() != own.public_key():
        raise Invalid("key", say("This key is not that of the certificate. Choose the one that it was asked for with."))
    try:
        own.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, InternalError):
        raise Invalid(
            "intermediate",
            say("This certificate did not issue the first one. It names its issuer: {name}.", name=_issuer(own)),
        ) from None
    for field, one in (("certificate", own), ("intermediate", above)):
        _refuse_ended(field, one)
    return AppleKeys(
        own.public_bytes(Encoding.PEM).decode(),
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        above.public_bytes(Encoding.PEM).decode(),
        _pass_type(own),
        _named(own, NameOID.ORGANIZATIONAL_UNIT_NAME, say("a team")),
        min(own.not_valid_after_utc, above.not_valid_after_utc),
    )


def _certificate(field: str, body: bytes) -> x509.Certificate:
    if not body:
        raise Invalid(field, say("Choose a file first."))
    _refuse_large(field, body)
    try:
        found = (x509.load_pem_x509_certificate if b"-----BEGIN" in body else x509.load_der_x509_certificate)(body)
        _ = found.public_key(), found.subject, found.issuer  # They are read when they are asked for, and may be broken.
    except (ValueError, UnsupportedAlgorithm, InternalError):
        raise Invalid(
            field, say("There is no certificate in this file. Choose one that ends in .pem or .cer.")
        ) from None
    return found


def _key(body: bytes) -> RSAPrivateKey:
    _refuse_large("key", body)
    try:
        return rsa_keys.read(body)
    except TypeError:
        raise Invalid("key", say("This key is locked by a password. Unlock it as written above.")) from None
    except ValueError:
        raise Invalid(
            "key", say("There is no key in this file. It has a line that says “BEGIN PRIVATE KEY”.")
        ) from None
    except rsa_keys.Unsuited:
        raise Invalid("key", say("The key must be an RSA key of 2048 to 4096 bits.")) from None


def _refuse_large(field: str, body: bytes) -> None:
    if len(body) > LARGEST_FILE:
        raise Invalid(field, say("This file is larger than 32 kB. Choose the certificate or key alone."))


def _refuse_ended(field: str, one: x509.Certificate) -> None:
    now = clock.now()
    if one.not_valid_after_utc <= now:
        raise Invalid(
            field,
            say("This certificate ended on {day}. Ask Apple for a new one.", day=f"{one.not_valid_after_utc:%Y-%m-%d}"),
        )
    if one.not_valid_before_utc > now:
        raise Invalid(field, say("This certificate begins on {day}.", day=f"{one.not_valid_before_utc:%Y-%m-%d}"))


def _pass_type(one: x509.Certificate) -> str:
    named = _named(one, NameOID.USER_ID, say("a pass type"))
    if not named.startswith("pass.") or len(named) > 120 or "/" in named:
        raise Invalid("certificate", say("The certificate is not for passes: it names {name}.", name=named[:120]))
    return named


def _named(one: x509.Certificate, what: x509.ObjectIdentifier, called: str) -> str:
    found = one.subject.get_attributes_for_oid(what)
    named = str(found[0].value) if found else ""
    if not named or not named.isprintable():
        raise Invalid(
            "certificate", say("The certificate does not name {what}. Choose one of a pass type ID.", what=called)
        )
    return named[:200]


def _issuer(one: x509.Certificate) -> str:
    names = [
        str(part.value) for part in one.issuer if part.oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)
    ]
    return ", ".join(names)[:200] or one.issuer.rfc4514_string()[:200]
