"""What Northwind's companies do with their tariffs: a card each, who has it, and what their tills booked."""

import random
from decimal import Decimal
from typing import Any

from portal import clock
from portal.demo.cast import DAY
from portal.demo.till import Till
from portal.domain.accounts.locations.tables import Location
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.cards.cards import cards
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.templates import templates
from portal.domain.cards.words import CASHBACK, PORTAL, SUBSCRIPTION
from portal.domain.events import log
from portal.domain.members import members

_D, _WEEKS = Decimal, 6
_CARDS: dict[str, tuple[int, dict[str, Any]]] = {
    "north": (CASHBACK, {"name": "North bonus", "percent": _D(3), "background": "#1d3b4f", "label_colour": "#bcd9ea"}),
    "wind": (SUBSCRIPTION, {"name": "Ten hours on the lake", "background": "#0b4a6f", "label_colour": "#bfe3f5"}),
}
_PEOPLE = {
    "north": ("Greta", "Valentin", "Rosa", "Moritz", "Hanna", "Karim"),
    "wind": ("Livia", "Theo", "Zoë", "Anton"),
}


def live_through(partners: dict[str, Partner], public_url: str) -> None:
    """Each of its people got the card six weeks ago, and came about once a week."""
    for slug, (kind, given) in _CARDS.items():
        _company(partners[slug], kind, given)


def _company(partner: Partner, kind: int, given: dict) -> None:
    owner = Membership.get(Membership.partner == partner, Membership.role == "owner").user_id
    log.acting_as(f"user:{owner}", partner.id)
    places = [one.id for one in Location.select().where(Location.partner == partner)]
    till = Till(partner, owner, places, random.Random(partner.slug))  # noqa: S311 - the demo is the same each time
    with clock.acting(-7 * _WEEKS * DAY):
        template = templates.create(partner.id, kind, {"currency": "EUR", "foreground": "#ffffff", **given})
        held = [_issue(partner, template.id, kind, name) for name in _PEOPLE[partner.slug]]
    for week in range(_WEEKS, 0, -1):
        with clock.acting(-7 * week * DAY + 10 * 3600):
            for card in till.chance.sample(held, len(held) - 1):
                if kind == CASHBACK:
                    till.book(card, "add-transaction-amount", _D(till.chance.randrange(1200, 9000)) / 100)
                else:
                    till.book(card, "subtract-visit", 1)
    log.acting_as(log.SYSTEM)


def _issue(partner: Partner, template_id: int, kind: int, name: str):
    person = members.create(partner.id, {"first_name": name, "mail": f"{name.lower().replace('ë', 'e')}@mail.example"})
    card = cards.issue(partner.id, person.id, template_id)
    if kind == SUBSCRIPTION:
        booking.book(partner.id, card.serial, Asked("add-visit", 10, purchase_sum=_D(120), source=PORTAL))
    return card
