"""Templates of every type, customers and cards, made as the portal makes them."""

from itertools import count

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.members import members
from portal.domain.members.tables import Member

# What the template of a type needs.
NEEDS: dict[tuple[int, str], dict] = {
    (0, "stamps"): {"stamps_total": 10},
    (0, "visits"): {"stamps_total": 10},
    (0, "spend"): {"stamps_total": 10, "step": 500, "step_gives": 1},
    (1, "percent"): {"percent": 500},
    (2, "visits"): {},
    (3, "use"): {},
    (4, "levels"): {},
    (5, "money"): {},
    (6, "limits"): {},
    (6, "no_limits"): {},
    (7, "points"): {},
    (7, "visits"): {"visit_gives": 10},
    (7, "spend"): {"step": 100, "step_gives": 1},
}
_numbers = count(1)


def template(party, kind: int = 0, mechanics: str | None = None, **given) -> CardTemplate:
    """A template of the party's, of the first mechanics of its type unless others are named."""
    mechanics = mechanics or next(how for of, how in NEEDS if of == kind)
    usual = {"partner": party.id, "name": f"Template {kind} {mechanics}", "currency": "EUR"}
    return CardTemplate.create(**usual | NEEDS[kind, mechanics] | {"kind": kind, "mechanics": mechanics} | given)


def customer(party, first_name: str = "Mia", **given) -> Member:
    """A customer of the party's."""
    stands = {name: given.pop(name) for name in ("erased_at", "merged_into") if name in given}
    member = members.create(party.id, {"first_name": first_name, **given})
    if stands:
        Member.update(**stands).where(Member.id == member.id).execute()
    return member


def card(party, kind: int = 0, mechanics: str | None = None, **given) -> Card:
    """A card of a new customer's, of a new template."""
    made = template(party, kind, mechanics, **given)
    return cards.issue(party.id, customer(party, f"Customer {next(_numbers)}").id, made.id)
