"""A shop of acme's with customers and cards of every type, reached through the ledger's own verbs."""

import itertools
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from portal.domain import verify
from portal.domain.cards.cards import cards, having
from portal.domain.cards.cards.tables import FIELDS, Card
from portal.domain.cards.operations import booking, crediting, reversing
from portal.domain.cards.operations.tables import CardEntry, CardOperation
from portal.domain.cards.templates.tables import CardTemplate, RewardTier
from portal.domain.members.tables import Member
from portal.domain.totals import totals

# What each type needs said, by a word of ours: (kind, mechanics, more).
TEMPLATES = {
    "stamps": (0, "stamps", {"stamps_total": 10}),
    "stamp visits": (0, "visits", {"stamps_total": 10}),
    "stamp spend": (0, "spend", {"stamps_total": 10, "step": 1000, "step_gives": 1}),
    "cashback": (1, "percent", {"percent": 1000}),
    "multipass": (2, "visits", {}),
    "coupon": (3, "use", {}),
    "discount": (4, "levels", {}),
    "gift": (5, "money", {}),
    "limits": (6, "limits", {}),
    "no limits": (6, "no_limits", {}),
    "points": (7, "points", {}),
    "point visits": (7, "visits", {"visit_gives": 5}),
    "point spend": (7, "spend", {"step": 1000, "step_gives": 3}),
}


@dataclass
class Shop:
    """Cards of acme's."""

    world: object
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def member(self, partner=None) -> Member:
        made = Member.create(partner=partner or self.world.acme.id, first_name=f"Customer {next(self.numbers)}")
        totals.add(made.partner_id, "customers", made.id)
        return made

    def template(self, word: str, **more) -> CardTemplate:
        kind, mechanics, needed = TEMPLATES[word]
        given = {"partner": self.world.acme.id, "name": word, "currency": "EUR", **needed, **more}
        return CardTemplate.create(kind=kind, mechanics=mechanics, **given)

    def tier(self, template, threshold: int, **more) -> RewardTier:
        return RewardTier.create(
            template=template, name=more.pop("name", "Coffee"), kind=0, value=0, threshold=threshold, **more
        )

    def card(self, template, **more) -> Card:
        """A card of a template, or of one that is made by its word."""
        template = self.template(template) if isinstance(template, str) else template
        digits = f"{next(self.numbers):012}"
        given = {"member": self.member(template.partner_id), "share_key": f"share{digits}"[-12:], **more}
        serial = f"{digits[:6]}-{digits[6:9]}-{digits[9:]}"
        made = Card.create(serial=serial, partner=template.partner_id, template=template, **given)
        having.got(made.member_id)
        totals.add(made.partner_id, "cards", made.id, within=template.id)
        return made

    def delete(self, card) -> None:
        cards.delete(Card.get_by_id(card.id))

    def book(self, card, verb: str, quantity=None, **more):
        quantity = Decimal(quantity) if isinstance(quantity, str) else quantity
        return booking.book(card.partner_id, card.serial, booking.Asked(verb, quantity, **more))

    def reverse(self, operation, **more):
        return reversing.reverse(operation.partner_id, operation.id, source="portal", **more)

    def credit(self, card, paid: int):
        return crediting.credit(card.id, paid)

    def on(self, card) -> dict[str, int]:
        """What is on a card, zero left out."""
        return {name: value for name in FIELDS if (value := getattr(Card.get_by_id(card.id), name))}

    def entries(self, operation) -> dict[str, int]:
        return {entry.field: entry.amount for entry in CardEntry.select().where(CardEntry.operation == operation.id)}

    def written(self) -> tuple[int, int]:
        """How many operations and entries there are."""
        return CardOperation.select().count(), CardEntry.select().count()


@pytest.fixture
def shop(world):
    yield Shop(world)
    assert verify.faults() == []
