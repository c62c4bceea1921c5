"""RSA keys as people upload them. A key is held to its size before it is held to anything else: looking whether a huge one is sound, or
reading one of another kind, takes minutes, and whoever made it chose how many."""

import re

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

_BITS = range(2048, 4097)
_LARGEST = 4096  # letters of a key's block: one of 4,096 bits has 3,300
_BLOCK = re.compile(
    rb"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----.{0,16000}?-----END [A-Z ]{0,20}PRIVATE KEY-----", re.DOTALL
)


class Unsuited(Exception):
    """A key, but no RSA key of 2,048 to 4,096 bits."""


def read(body: bytes) -> RSAPrivateKey:
    """The first private key in a PEM text. Raises ValueError where there is none or it is broken, TypeError where a password locks it,
    Unsuited for one that nothing is signed with."""
    block = _BLOCK.search(body)
    if block is None:
        raise ValueError("no key")
    if len(block[0]) > _LARGEST:
        raise Unsuited
    try:
        found = load_pem_private_key(block[0], None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(found, RSAPrivateKey) or found.key_size not in _BITS:
            raise Unsuited
        load_pem_private_key(block[0], None)
    except (UnsupportedAlgorithm, InternalError):
        raise ValueError("no key") from None
    return found
