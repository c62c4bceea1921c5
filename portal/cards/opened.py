"""Who opens what belongs to a card: what its holder opens in a browser or on a phone installs it, and what others do does not."""

from flask import g, request

from portal.domain.cards.cards.tables import Card
from portal.web import bots


def by_its_holder(its: Card) -> bool:
    """No program, no look ahead, no picture or frame, and nobody of its partner's."""
    if request.method != "GET" or bots.looks_ahead() or bots.is_known(request.user_agent.string):
        return False
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    acting = g.get("partner")
    return acting is None or acting.id != its.partner_id
