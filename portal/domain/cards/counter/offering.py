"""What the counter offers on a card, the likeliest first."""

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.verbs import Verb
from portal.domain.cards.templates.kinds import CERTIFICATE, MEMBERSHIP, SUBSCRIPTION

_USED_UP = (CERTIFICATE, MEMBERSHIP, SUBSCRIPTION)  # bought once, and used at the counter


def offered(card: Card) -> list[Verb]:
    """The operations that the card takes now (contract: cards, "Types and what may be done to them"): collecting before handing out,
    where a card was not bought to be used up and has no reward that waits, and what takes something back last."""
    is_used_up = card.template.kind in _USED_UP
    waits = "subtract-reward" if card.rewards else None
    return sorted(
        booking.allowed(card), key=lambda verb: (verb.name != waits, verb.adds == is_used_up, verb.field is not None)
    )
