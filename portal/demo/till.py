"""A shop of the demo's that books on cards."""

import random
from typing import Any, NamedTuple

from portal.database import transaction
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.words import API, COUNTER
from portal.domain.errors import Refused


class Till(NamedTuple):
    """Who books, and where: the shop, and its cashier in its places."""

    partner: Partner
    cashier: int
    places: list[int]
    chance: random.Random

    def book(self, card: Card, verb: str, quantity=None, **more: Any) -> None:
        """Book it as somebody at the till would; what the card does not bear is not booked."""
        source, place = (API, None) if self.chance.random() < 0.25 else (COUNTER, self.chance.choice(self.places))
        manager = None if source == API else self.cashier
        try:
            with transaction():
                booking.book(
                    self.partner.id,
                    card.serial,
                    Asked(verb, quantity, source=source, manager_id=manager, location_id=place, **more),
                )
        except Refused:
            pass  # As in life: not every wish is granted.
