"""What a company has, in figures."""

from typing import NamedTuple

from portal.domain.accounts.partners import disabling
from portal.domain.accounts.tables import Partner
from portal.domain.totals import totals


class Figures(NamedTuple):
    """How many there are: cards that are not deleted, customers, operations, people who work there, tokens."""

    cards: int
    customers: int
    operations: int
    people: int
    tokens: int


def of(partner: Partner) -> Figures:
    """The figures of one company."""
    cards, customers, operations = (totals.of(partner.id, kind) for kind in ("cards", "customers", "operations"))
    at_stake = disabling.at_stake(partner)
    return Figures(cards, customers, operations, at_stake.people, at_stake.tokens)
