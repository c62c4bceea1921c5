"""What is kept encrypted or handed out signed: keys derived from the installation's secret, one for each purpose."""

import base64
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.domain.errors import Refused

_NONCE = 12
_secret = b""


class Unreadable(Refused):
    """What was encrypted cannot be read: the installation's secret is another one now, or the row is another's."""


def use_secret(secret: str) -> None:
    """Take the installation's secret; each process does so before it seals, opens or signs."""
    global _secret
    _secret = secret.encode()


def sealed(purpose: str, text: str) -> str:
    """The text, encrypted with the key of the purpose (AES-256-GCM)."""
    nonce = os.urandom(_NONCE)
    return base64.urlsafe_b64encode(nonce + AESGCM(_key(purpose)).encrypt(nonce, text.encode(), None)).decode()


def opened(purpose: str, kept: str) -> str:
    """The text that was sealed for this purpose. Raises Unreadable."""
    try:
        whole = base64.urlsafe_b64decode(kept)
        return AESGCM(_key(purpose)).decrypt(whole[:_NONCE], whole[_NONCE:], None).decode()
    except (InvalidTag, ValueError):
        raise Unreadable("This was encrypted with another SECRET_KEY than the portal has now.") from None


def signature(purpose: str, text: str) -> str:
    """What proves that the text was written here: 128 bits, as letters that fit into an address."""
    return base64.urlsafe_b64encode(mac(purpose, text)[:16]).decode().rstrip("=")


def mac(purpose: str, text: str) -> bytes:
    """What nobody without the installation's secret can make of the text, or foresee: 256 bits."""
    return hmac.digest(_key(purpose), text.encode(), "sha256")


def is_signed(purpose: str, text: str, claimed: str) -> bool:
    """Whether the signature is ours."""
    return hmac.compare_digest(signature(purpose, text).encode(), claimed.encode())


def _key(purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"portal: {purpose}".encode()).derive(_secret)
