"""Held, due, recorded and paid, in one line above the pages of both sides: sums of different currencies are never added."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from flask import g

from portal.domain.affiliate.payouts.balances import Balance
from portal.web import formats


@dataclass(frozen=True)
class Sums:
    """Each of the four in words, a currency a line; and when the first of what is held clears."""

    held: list[str]
    due: list[str]
    recorded: list[str]
    paid: list[str]
    clears_at: datetime | None


def summed(balances: list[Balance]) -> Sums:
    """The acting partner's balances with everybody, added up by currency."""
    held, due, recorded, paid = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in balances:
        held[one.currency] += one.held
        due[one.currency] += one.due
        recorded[one.currency] += one.recorded
        paid[one.currency] += one.paid
    clears = [one.clears_at for one in balances if one.clears_at]
    return Sums(_written(held), _written(due), _written(recorded), _written(paid), min(clears, default=None))


def _written(sums: Counter[str]) -> list[str]:
    present = [code for code, total in sums.items() if total] or [g.partner.currency]
    return [formats.money(sums[code], code) for code in formats.own_first(present)]
