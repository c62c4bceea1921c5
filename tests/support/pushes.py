"""Browsers that show pushes, as they say who they are."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SECRET = bytes(16)


@cache
def private_key(number: int) -> ec.EllipticCurvePrivateKey:
    """The key by which a browser reads what it is sent."""
    return ec.derive_private_key(number + 1, ec.SECP256R1())


def browser(number: int, key: int | None = None, at: str = "https://push.example") -> tuple[str, str, str]:
    """The address of its push service, its public key and its secret."""
    public = private_key(number if key is None else key).public_key()
    return (
        f"{at}/{number}",
        letters(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
        letters(SECRET),
    )


def letters(of: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(of).decode().rstrip("=")
