"""What a company has, in figures."""

from typing import NamedTuple

from portal.domain.accounts.partners import disabling
from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import used
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
    counts = (used.cards(partner.id), totals.of(partner.id, "customers"), totals.of(partner.id, "operations"))
    at_stake = disabling.at_stake(partner)
    return Figures(*counts, at_stake.people, at_stake.tokens)
