"""Browsers that show pushes, as they say who they are."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from portal import clock
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes import sending, settling, starting
from portal.domain.cards.pushes.browsers.outcomes import TAKEN, Answer
from portal.domain.cards.pushes.sending import Post
from portal.domain.totals import totals
from tests.support import loyalty

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


def work(result=TAKEN, **more) -> list[Post]:
    """The worker does all that is due; what it posted. Each post is answered so: a result, or what a function makes of it."""
    posted = []
    while starting.work_due():
        pass
    while batch := sending.take():
        posted += batch.posts
        answers = [(post, result(post) if callable(result) else result) for post in batch.posts]
        if batch.recipients:
            settling.settle(batch, [answer(post, its, **more) for post, its in answers if its])
    return posted


def answer(post: Post, result: str, **more) -> Answer:
    """What a push service answered."""
    return Answer(post.recipient, post.browser.id, "push.example", result, **more)


def installed(party, template, **given) -> Card:
    """A card of a new customer's, whose page was opened."""
    card = cards.issue(party.id, loyalty.customer(party).id, template.id)
    Card.update(**{"installed_at": clock.now(), "device": "pwa"} | given).where(Card.id == card.id).execute()
    totals.add(party.id, "installed", card.id, within=template.id)
    return Card.get_by_id(card.id)
