"""Payouts as both sides read them: the merchant's runs and payouts, and what a promoter got. Newest first."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import key_pages
from portal.domain.errors import NotFound
from portal.domain.key_pages import Conditions, KeyPage

SELECT = """SELECT o.id, o.uuid, o.number, r.uuid, o.merchant_id, b.name, o.promoter_id, p.name, o.currency, o.amount,
    o.at, o.reversed_at, o.reason
    FROM payout o JOIN payout_run r ON r.id = o.run_id
    JOIN partner b ON b.id = o.merchant_id JOIN partner p ON p.id = o.promoter_id"""
_RUNS = "SELECT r.id, r.uuid, r.actor, r.at FROM payout_run r"
_RUN = Statement("SELECT id, uuid, actor, at FROM payout_run WHERE uuid = ? AND merchant_id = ?")
_SENT = Statement(
    """SELECT o.id, o.number, p.name, o.currency, o.amount, o.details FROM payout o JOIN partner p ON p.id = o.promoter_id
    WHERE o.run_id = ? AND o.reversed_at IS NULL AND o.id > ? ORDER BY o.id LIMIT ?"""
)
_AT_ONCE = 500
_PROMOTERS = Statement(
    """SELECT p.id, p.uuid, p.name FROM partner p
    WHERE p.id IN (SELECT DISTINCT o.promoter_id FROM payout o WHERE o.merchant_id = ?) ORDER BY p.name, p.id"""
)
_CURRENCIES = Statement("SELECT DISTINCT currency FROM payout WHERE merchant_id = ? ORDER BY currency")


class PayoutRow(NamedTuple):
    """A payout in a list: its sum in minor units, times in microseconds."""

    id: int
    uuid: str
    number: int
    run_uuid: str
    merchant_id: int
    merchant: str
    promoter_id: int
    promoter: str
    currency: str
    amount: int
    at: int
    reversed_at: int | None
    reason: str | None

    @property
    def made(self) -> datetime:
        """When it was made."""
        return clock.from_micros(self.at)

    @property
    def taken_back(self) -> datetime | None:
        """When it was taken back, if it was."""
        return None if self.reversed_at is None else clock.from_micros(self.reversed_at)


class RunTotal(NamedTuple):
    """What a run paid in one currency, taken back or not, in minor units."""

    currency: str
    payouts: int
    amount: int


class RunRow(NamedTuple):
    """A run in a list, with its totals by currency."""

    id: int
    uuid: str
    actor: str
    made: datetime
    totals: list[RunTotal]


class Sent(NamedTuple):
    """What a bank must know of a payout: its sum in minor units, and the promoter's details as they were, if it had any."""

    id: int
    number: int
    promoter: str
    currency: str
    amount: int
    details: dict | None


def of_merchant(
    merchant_id: int,
    promoter_id: int | None = None,
    currency: str | None = None,
    before: int | None = None,
    after: int | None = None,
) -> KeyPage:
    """Fifty of the merchant's payouts, each a PayoutRow; perhaps one promoter's, perhaps in one currency."""
    where = Conditions()
    where.add("o.merchant_id = ?", merchant_id)
    if promoter_id is not None:
        where.add("o.promoter_id = ?", promoter_id)
    if currency:
        where.add("o.currency = ?", currency)
    return key_pages.read(SELECT, "o.id", where, PayoutRow._make, before, after)


def of_promoter(promoter_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the payouts that the promoter got, from whichever merchant."""
    where = Conditions()
    where.add("o.promoter_id = ?", promoter_id)
    return key_pages.read(SELECT, "o.id", where, PayoutRow._make, before, after)


def of_run(merchant_id: int, run_uuid: str, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the payouts of one of the merchant's runs. Raises NotFound."""
    where = Conditions()
    where.add("o.run_id = ?", _found(merchant_id, run_uuid)[0])
    return key_pages.read(SELECT, "o.id", where, PayoutRow._make, before, after)


def run(merchant_id: int, run_uuid: str) -> RunRow:
    """One of the merchant's runs. Raises NotFound."""
    run_id, uuid, actor, at = _found(merchant_id, run_uuid)
    return RunRow(run_id, uuid, actor, clock.from_micros(at), _totals([run_id]).get(run_id, []))


def each_sent(merchant_id: int, run_uuid: str) -> Iterator[Sent]:
    """All payouts of a run but those taken back, oldest first, read in portions. Raises NotFound at once."""
    return _each(_found(merchant_id, run_uuid)[0])


def promoters(merchant_id: int) -> list[tuple[int, str, str]]:
    """(id, uuid, name) of everybody whom the merchant ever paid, by name."""
    return _PROMOTERS.rows(merchant_id)


def currencies(merchant_id: int) -> list[str]:
    """The currencies that the merchant ever paid in."""
    return [code for (code,) in _CURRENCIES.rows(merchant_id)]


def runs(merchant_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the merchant's runs, each a RunRow."""
    where = Conditions()
    where.add("r.merchant_id = ?", merchant_id)
    page = key_pages.read(_RUNS, "r.id", where, tuple, before, after)
    totals = _totals([row[0] for row in page.rows])
    page.rows = [
        RunRow(run_id, uuid, actor, clock.from_micros(at), totals.get(run_id, []))
        for run_id, uuid, actor, at in page.rows
    ]
    return page


def _found(merchant_id: int, run_uuid: str) -> tuple:
    row = _RUN.row(run_uuid.lower(), merchant_id)
    if row is None:
        raise NotFound("payout run")
    return row


def _each(run_id: int) -> Iterator[Sent]:
    last = 0
    while rows := _SENT.rows(run_id, last, _AT_ONCE):
        yield from (Sent(*row, json.loads(details) if details else None) for *row, details in rows)
        last = rows[-1][0]


def _totals(run_ids: list[int]) -> dict[int, list[RunTotal]]:
    found: dict[int, list[RunTotal]] = {}
    if run_ids:
        for run_id, currency, payouts, amount in _sums(len(run_ids)).rows(*run_ids):
            found.setdefault(run_id, []).append(RunTotal(currency, payouts, int(amount)))
    return found


@cache
def _sums(count: int) -> Statement:
    return Statement(
        f"""SELECT run_id, currency, COUNT(*), SUM(amount) FROM payout WHERE run_id IN ({", ".join("?" * count)})
        GROUP BY run_id, currency ORDER BY run_id, currency"""
    )
