"""What a card's page says of notifications: whether they come, and what a browser subscribes with."""

from typing import Any

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes.browsers import keys, subscriptions


def context(its: Card) -> dict[str, Any]:
    """Of the part that switches them on and off."""
    browsers = [one.digest for one in subscriptions.of(its.member)]
    return {"is_muted": its.muted_at is not None, "server_key": keys.public(), "browsers": browsers}
