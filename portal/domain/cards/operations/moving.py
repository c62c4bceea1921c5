"""A lost card: all that is on it goes to a new one, whose number and links nobody else has."""

from portal.database import transaction
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.moments import settling
from portal.domain.cards.operations import carrying, locking
from portal.domain.cards.pushes import handing_on
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.cards.words import MEMBERSHIP

_LEVEL = ("membership_tier", "tier_period", "tier_since", "tier_next_at", "due_at")


def move(card: Card, *, source: str, manager_id: int | None = None) -> Card:
    """Give the card's holder a new one in its place, with all that is on it; the old number leads there. Raises Refused when it
    is deleted."""
    with transaction():
        handing_on.hold([card.id])
        settling.settle(locking.by_id(card.id))  # What has ended does not go along.
        newer = cards.moved(card)
        if CardTemplate.get_by_id(card.template_id).kind == MEMBERSHIP:
            old = Card.get_by_id(card.id)
            Card.update(**{name: getattr(old, name) for name in _LEVEL}).where(Card.id == newer.id).execute()
        CardFieldValue.update(card=newer).where(CardFieldValue.card == card.id).execute()
        handing_on.hand_on(card, newer)
        carrying.carry(card.id, newer.id, source=source, manager_id=manager_id)
    return Card.get_by_id(newer.id)
