"""The key pair by which push services know this installation (VAPID, RFC 8292). It is made when it is asked for first."""

from base64 import urlsafe_b64encode
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from portal.database import Statement, transaction
from portal.domain import sealing
from portal.domain.cards.pushes.tables import ServerKey

_PURPOSE = "key of pushes"
# Of two that find none the second waits, and then finds what the first one made.
_HOLD = Statement(
    "INSERT INTO sequence (name, value) VALUES (:name, 0) ON CONFLICT (name) DO UPDATE SET value = sequence.value"
)


class Pair(NamedTuple):
    """Both keys, base64url: the public one as an uncompressed point, the private one as its number in 32 bytes."""

    public: str
    private: str


def public() -> str:
    """What browsers subscribe with (`applicationServerKey`)."""
    return pair().public


def pair() -> Pair:
    """The newest pair. Where SECRET_KEY is another one since, it cannot be read and a new one takes its place: browsers subscribe
    anew."""
    return _newest() or _made()


def _newest() -> Pair | None:
    kept = ServerKey.select().order_by(ServerKey.id.desc()).first()
    try:
        return kept and Pair(kept.public, sealing.opened(_PURPOSE, kept.private))
    except sealing.Unreadable:
        return None


def _made() -> Pair:
    with transaction():
        _HOLD.run(name=_PURPOSE)
        found = _newest()
        if found is None:
            found = _new_pair()
            ServerKey.create(public=found.public, private=sealing.sealed(_PURPOSE, found.private))
    return found


def _new_pair() -> Pair:
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Pair(_letters(point), _letters(private.private_numbers().private_value.to_bytes(32, "big")))


def _letters(of: bytes) -> str:
    return urlsafe_b64encode(of).decode().rstrip("=")
