"""Holders choose whether pushes come to a card, and in which browsers; a browser that is another one by now takes the place of the old
one."""

from portal import clock
from portal.database import transaction
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers import subscriptions
from portal.domain.cards.pushes.tables import PushSubscription
from portal.domain.errors import NotFound
from portal.domain.events import log
from portal.domain.sentences import say


def unmute(card: Card) -> None:
    """Pushes come to the card again. Raises NotFound for one that was deleted."""
    _switch(card, None, "card.unmuted")


def mute(card: Card, endpoint: str = "") -> bool:
    """No push comes to the card any more, neither to its inbox nor to the browser with this endpoint, unless another card of its holder
    wants them there; whether that browser shows nobody anything now. Raises NotFound for a card that was deleted."""
    with transaction():
        _switch(card, clock.now(), "card.muted")
        wants = (Card.member == card.member_id, Card.deleted_at.is_null(), Card.muted_at.is_null())
        if endpoint and not Card.select().where(*wants).exists():
            subscriptions.unsubscribe(card.member, endpoint)
    return bool(endpoint) and not _is_used(endpoint)


def leave(member_id: int, endpoint: str | None) -> None:
    """The browser with this endpoint shows the member nothing more; none of theirs does where none is named."""
    theirs = PushSubscription.member == member_id
    if endpoint is not None:
        theirs &= PushSubscription.digest == subscriptions.digest_of(endpoint.strip())
    with transaction():
        PushSubscription.delete().where(theirs).execute()


def renew(old: str, endpoint: str, p256dh: str, auth: str) -> int:
    """Whoever has seen pushes by the old address of a browser sees them by the new one; of how many members it was. Nobody but that
    browser and its service knows the old one. It subscribes with the key of ours that it had. Raises Invalid."""
    known = list(PushSubscription.select().where(_its(old)))
    for row in known:
        subscriptions.subscribe(row.member, endpoint, p256dh, auth, row.server_key)
        if old.strip() != endpoint.strip():
            subscriptions.unsubscribe(row.member, old)
    return len(known)


def is_known(endpoint: str) -> bool:
    """Whether somebody sees pushes by this address."""
    return bool(endpoint) and _is_used(endpoint)


def _switch(card: Card, muted_at, fact: str) -> None:
    its = (Card.id == card.id) & Card.deleted_at.is_null()
    with transaction():
        if Card.update(muted_at=muted_at).where(its, Card.muted_at.is_null(muted_at is not None)).execute():
            log.record(card.partner_id, fact, "card", card.serial)
        elif not Card.select().where(its).exists():
            raise NotFound(say("card"))


def _is_used(endpoint: str) -> bool:
    return PushSubscription.select().where(_its(endpoint)).exists()


def _its(endpoint: str):
    return PushSubscription.digest == subscriptions.digest_of(endpoint.strip())
