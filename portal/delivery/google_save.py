"""A link that saves a pass in Google's wallet: what it shows, signed by the company's service account (JWT, RFC 7519, RS256)."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

_SAVE = "https://pay.google.com/gp/v/save/"


def link(payload: Mapping[str, Any], origin: str, at: int, mail: str, key_id: str, key: str) -> str:
    """The address that a phone opens. `at` is seconds since 1970, `mail` the service account's."""
    claims = {"iss": mail, "aud": "google", "typ": "savetowallet", "iat": at, "origins": [origin], "payload": payload}
    return _SAVE + signed(claims, key_id, key)


def signed(claims: Mapping[str, Any], key_id: str, key: str) -> str:
    """What is claimed, signed by a service account (JWT, RFC 7519, RS256)."""
    head = {"alg": "RS256", "typ": "JWT", **({"kid": key_id} if key_id else {})}
    said = f"{_part(head)}.{_part(claims)}"
    # It was looked at when it was set up; looking again would take longer than signing.
    private = load_pem_private_key(key.encode(), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, RSAPrivateKey):
        raise ValueError("RS256 is signed with RSA")
    return f"{said}.{_letters(private.sign(said.encode(), PKCS1v15(), SHA256()))}"


def _part(of: Mapping[str, Any]) -> str:
    return _letters(json.dumps(of, ensure_ascii=False, separators=(",", ":")).encode())


def _letters(of: bytes) -> str:
    return urlsafe_b64encode(of).decode().rstrip("=")
