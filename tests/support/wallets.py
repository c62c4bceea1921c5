"""Certificates as Apple issues them and a key as Google gives it, made here: nobody's phone would accept what they sign."""

import json
from base64 import encodebytes
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from portal import clock
from portal.domain.cards.wallets import rsa_keys, setups
from tests.support.cast import PASSWORD

rsa_keys.read = cache(
    rsa_keys.read
)  # Whether one is sound is looked at for long, and the same are read again and again.
PASS_TYPE, TEAM, ISSUER = "pass.example.cards", "TEAM123456", "3388000000012345678"


class Files(NamedTuple):
    """Certificate, key and intermediate, PEM."""

    certificate: bytes
    key: bytes
    intermediate: bytes


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key of that name."""
    return rsa.generate_private_key(65537, 2048)


def pem(private: rsa.RSAPrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def certificate(of: str, by: str, names: dict, days: int = 300, is_authority: bool = False) -> x509.Certificate:
    """The certificate of the key `of`, issued by the key `by`, with these names."""
    now = clock.now()
    subject = x509.Name([x509.NameAttribute(name, text) for name, text in names.items()])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, by)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key(of).public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=400))
    made = made.not_valid_after(now + timedelta(days=days))
    return made.add_extension(x509.BasicConstraints(is_authority, None), True).sign(key(by), SHA256())


def apple(of: str = "pass", days: int = 300, pass_type: str = PASS_TYPE, team: str = TEAM) -> Files:
    """What a company has from Apple."""
    names = {NameOID.USER_ID: pass_type, NameOID.COMMON_NAME: "Pass", NameOID.ORGANIZATIONAL_UNIT_NAME: team}
    own = certificate(of, "authority", names, days)
    above = certificate("authority", "authority", {NameOID.COMMON_NAME: "authority"}, is_authority=True)
    return Files(own.public_bytes(Encoding.PEM), pem(key(of)), above.public_bytes(Encoding.PEM))


def account(of: str = "account", **more) -> bytes:
    """The file of a service account of Google's."""
    given = {"type": "service_account", "client_email": "cards@acme.example", "private_key_id": "k1"}
    return json.dumps(given | {"private_key": pem(key(of)).decode()} | more).encode()


def unsound_key(bits: int) -> bytes:
    """A file that says it is an RSA key of so many bits, with no primes in it."""
    first, second = (1 << bits // 2) - 1, (1 << bits // 2) - 3
    numbers = (0, first * second, 65537, first * second - 2, first, second, first - 2, second - 2, 1)
    written = b"".join(_der(0x02, number.to_bytes(number.bit_length() // 8 + 1)) for number in numbers)
    body = encodebytes(_der(0x30, written))
    return b"-----BEGIN RSA PRIVATE KEY-----\n" + body + b"-----END RSA PRIVATE KEY-----\n"


def _der(tag: int, body: bytes) -> bytes:
    length = bytes((len(body),)) if len(body) < 0x80 else b"\x82" + len(body).to_bytes(2)
    return bytes((tag,)) + length + body


def public(of: str) -> bytes:
    """The public half, PEM."""
    return key(of).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def set_up(party, files: Files | None = None) -> None:
    """Both wallets of the party's, by its owner."""
    owner = party.users["owner"].id
    setups.set_up_apple(party.id, *(files or apple()), owner, PASSWORD)
    setups.set_up_google(party.id, ISSUER, account(), owner, PASSWORD)
