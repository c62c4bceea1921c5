"""Templates of every type, customers and cards, made as the portal makes them."""

from decimal import Decimal
from itertools import count

from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies import companies, tariffs
from portal.domain.cards.companies.tables import Company as Company
from portal.domain.cards.companies.tables import Tariff
from portal.domain.cards.companies.words import LIMITS
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
    return cards.issue(party.id, customer(party, f"Customer N{next(_numbers)}a").id, made.id)


def tariff(party, **given) -> Tariff:
    """A tariff of the party's, roomy unless it says otherwise."""
    roomy = {
        "name": "Standard",
        "currency": "EUR",
        "month_price": Decimal(29),
        "year_price": Decimal(290),
    } | dict.fromkeys(LIMITS, 5)
    return tariffs.create(party.id, roomy | given)


def company(party, of: Tariff | None = None, **given) -> companies.Made:
    """A company of the party's."""
    number = next(_numbers)
    usual = {
        "name": f"Branch {number}", "email": f"branch{number}@{party.partner.slug}.example", "password": "correct horse battery",
        "phone": "+43 660 1234567", "country": "Austria", "userName": "Bea", "userSurname": "Branch", "tariffPeriod": "month",
    }  # fmt: skip
    return companies.create(party.partner, usual | {"tariffId": (of or tariff(party)).id} | given)
