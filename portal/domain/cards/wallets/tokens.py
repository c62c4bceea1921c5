"""What a phone proves itself with for the card it keeps: it stands in the pass alone, and is another one when the card is replaced."""

from portal.domain import sealing
from portal.domain.cards.cards.tables import Card

_PURPOSE = "pass of a card"


def of(card: Card) -> str:
    """The card's."""
    return sealing.signature(_PURPOSE, f"{card.serial} {card.key}")


def is_of(card: Card, claimed: str) -> bool:
    """Whether it is the card's."""
    return sealing.is_signed(_PURPOSE, f"{card.serial} {card.key}", claimed)
