"""A card that a wallet took is installed, and the wallet is where it was installed last (contract: cards)."""

from portal import clock
from portal.database import Statement
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card

_MOVE = Statement(
    "UPDATE card SET device = :device, updated_at = :now WHERE id = :card AND device <> :device AND deleted_at IS NULL"
)


def note(card: Card, wallet: str) -> None:
    """This wallet has it now."""
    if not cards.note_installed(card, wallet) and card.device != wallet:
        _MOVE.run(card=card.id, device=wallet, now=clock.micros())
