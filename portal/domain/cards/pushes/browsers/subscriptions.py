"""The browsers that show pushes to a customer: subscribed and unsubscribed by the pages of its cards.

That an address may be connected to is looked at by whoever takes it in (`portal.delivery.web_push.refuse_address`), and again at
each sending.
"""

import re
from base64 import urlsafe_b64decode
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from portal import clock
from portal.database import Statement, transaction
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers import keys
from portal.domain.cards.pushes.tables import PushSubscription
from portal.domain.errors import Invalid
from portal.domain.members import holding
from portal.domain.members.tables import Member
from portal.domain.sentences import say

MOST = 10  # of a customer's; of more the newest stay
_LONGEST = 2048
_POINT, _SECRET = 65, 16  # bytes of a public key of P-256, and of the secret for authentication (RFC 8291)
_PUT = Statement(
    """INSERT INTO push_subscription (partner_id, member_id, endpoint, digest, p256dh, auth, server_key, created_at)
    VALUES (:partner, :member, :endpoint, :digest, :p256dh, :auth, :server_key, :now)
    ON CONFLICT (member_id, digest) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth,
        server_key = excluded.server_key, created_at = excluded.created_at, refused_at = NULL"""
)


def subscribe(member: Member, endpoint: str, p256dh: str, auth: str, server_key: str | None = None) -> PushSubscription:
    """A browser of the customer's shows pushes from now on, by what it says of itself (PushSubscription.toJSON), made with our public key
    unless it names another one. The customer's cards are installed by it. Raises Invalid; NotFound for who is gone."""
    address = checked_endpoint(endpoint)
    point = _checked("p256dh", p256dh, _is_point)
    secret = _checked("auth", auth, lambda given: len(given) == _SECRET)
    server_key = server_key or keys.public()
    with transaction():
        holding.hold(member)
        _PUT.run(
            partner=member.partner_id, member=member.id, endpoint=address, digest=digest_of(address), p256dh=point,
            auth=secret, server_key=server_key, now=clock.micros(),
        )  # fmt: skip
        _drop_oldest(member)
        for card in Card.select().where(Card.member == member, Card.deleted_at.is_null()).order_by(Card.id):
            cards.note_installed(card)
    return PushSubscription.get(PushSubscription.member == member, PushSubscription.digest == digest_of(address))


def unsubscribe(member: Member, endpoint: str) -> bool:
    """The browser shows none to the customer any more; whether it did."""
    theirs = (PushSubscription.member == member) & (PushSubscription.digest == digest_of(endpoint.strip()))
    with transaction():
        return bool(PushSubscription.delete().where(theirs).execute())


def of(member: Member) -> list[PushSubscription]:
    """The customer's browsers, newest first."""
    theirs = PushSubscription.select().where(PushSubscription.member == member)
    return list(theirs.order_by(PushSubscription.id.desc()))


def digest_of(endpoint: str) -> str:
    """How a browser is found by the address of its push service."""
    return sha256(endpoint.encode()).hexdigest()


def checked_endpoint(endpoint: str) -> str:
    """The address of a push service, as it is kept. Raises Invalid for one that is none."""
    address = endpoint.strip()
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_one = False
    if not is_one or len(address) > _LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        raise Invalid("endpoint", say("This is not the address of a push service. Send what the browser gave."))
    return address


def _checked(field: str, given: str, fits) -> str:
    """Base64url without padding of the right kind of bytes."""
    letters = given.strip().rstrip("=").replace("+", "-").replace("/", "_")
    is_written_so = re.fullmatch("[A-Za-z0-9_-]{1,100}", letters) and len(letters) % 4 != 1
    if is_written_so and fits(urlsafe_b64decode(letters + "=" * (-len(letters) % 4))):
        return letters
    raise Invalid(field, say("This is not a key of a push subscription. Send what the browser gave."))


def _is_point(given: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), given)
    except ValueError:
        return False
    return len(given) == _POINT


def _drop_oldest(member: Member) -> None:
    newest = PushSubscription.select(PushSubscription.id).where(PushSubscription.member == member)
    kept = list(newest.order_by(PushSubscription.created_at.desc(), PushSubscription.id.desc()).limit(MOST))
    PushSubscription.delete().where(PushSubscription.member == member, PushSubscription.id.not_in(kept)).execute()
