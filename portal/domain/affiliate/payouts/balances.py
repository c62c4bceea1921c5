"""Where the money between merchants and promoters stands: held, due and paid, by the other side and currency."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from portal import clock
from portal.database import Statement
from portal.domain.remembered import Remembered

_HELD = """SELECT {other}, p.uuid, p.name, d.currency, SUM(d.payment_sum), MIN(d.due_at)
    FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN partner p ON p.id = {other}
    WHERE {own} = ? AND d.status = 'Paid' AND d.approved_at IS NULL AND d.payment_sum <> 0
    GROUP BY {other}, p.uuid, p.name, d.currency"""
# Summed in the order of their index first; any other would sort them all.
_OPEN = """SELECT i.promoter_id, i.promotion_id, i.currency, SUM(i.amount) AS amount FROM payout_item i
    WHERE i.merchant_id = ? AND i.payout_id IS NULL GROUP BY i.promoter_id, i.promotion_id, i.currency"""
_DUE_OF_MERCHANT = f"""SELECT o.promoter_id, p.uuid, p.name, o.currency, SUM(o.amount)
    FROM ({_OPEN}) o JOIN partner p ON p.id = o.promoter_id GROUP BY o.promoter_id, p.uuid, p.name, o.currency"""
# Open items are indexed by their merchant first: a promoter's are looked for at those whose catalogs it sells or sold.
_DUE_OF_PROMOTER = """SELECT o.merchant_id, p.uuid, p.name, o.currency, SUM(o.amount)
    FROM (SELECT i.merchant_id, m.id, i.currency, SUM(i.amount) AS amount
        FROM promotion m JOIN catalog c ON c.id = m.catalog_id
        JOIN payout_item i ON i.merchant_id = c.partner_id AND i.promoter_id = m.promoter_id AND i.promotion_id = m.id
            AND i.payout_id IS NULL
        WHERE m.promoter_id = ? GROUP BY m.id, i.merchant_id, i.currency) o
    JOIN partner p ON p.id = o.merchant_id GROUP BY o.merchant_id, p.uuid, p.name, o.currency"""
_PAID = """SELECT o.{other}, p.uuid, p.name, o.currency, SUM(o.amount) FROM payout o JOIN partner p ON p.id = o.{other}
    WHERE o.{own} = ? AND o.reversed_at IS NULL GROUP BY o.{other}, p.uuid, p.name, o.currency"""
_DUE_OF_EACH = Statement(
    f"SELECT o.promoter_id, o.currency, SUM(o.amount) FROM ({_OPEN}) o GROUP BY o.promoter_id, o.currency"
)
_DUE_OF_ONE = Statement(
    """SELECT i.currency, SUM(i.amount) FROM payout_item i WHERE i.merchant_id = ? AND i.promoter_id = ?
    AND i.payout_id IS NULL GROUP BY i.currency"""
)
_due_of_promoters = Remembered()
_SIDES = {
    "merchant": (
        Statement(_HELD.format(own="d.partner_id", other="m.promoter_id")),
        Statement(_DUE_OF_MERCHANT),
        Statement(_PAID.format(own="merchant_id", other="promoter_id")),
    ),
    "promoter": (
        Statement(_HELD.format(own="m.promoter_id", other="d.partner_id")),
        Statement(_DUE_OF_PROMOTER),
        Statement(_PAID.format(own="promoter_id", other="merchant_id")),
    ),
}


@dataclass(slots=True)
class Balance:
    """What stands between two partners in one currency, in minor units; `partner` is the other side.

    `held` waits for its hold, the first of it until `clears_at`; `due` may be below zero; `paid` never went back.
    """

    partner_id: int
    partner_uuid: str
    partner: str
    currency: str
    held: int = 0
    clears_at: datetime | None = None
    due: int = 0
    paid: int = 0


def due_of_merchant(merchant_id: int) -> dict[str, int]:
    """What is approved and not paid out yet, by currency, in minor units; the promoters together."""
    recalled = _due_of_promoters.recall(merchant_id)
    each = recalled.values or _due_of_each(merchant_id)
    for promoter_id in {change.promoter_id for change in recalled.changes} - {None}:
        each[promoter_id] = _DUE_OF_ONE.rows(merchant_id, promoter_id)
    _due_of_promoters.keep(merchant_id, recalled.position, each)
    sums: Counter[str] = Counter()
    for code, amount in chain.from_iterable(each.values()):
        sums[code] += int(amount)
    return dict(sums)


def due_of_promoter(promoter_id: int) -> dict[str, int]:
    """The same of a promoter, its merchants together."""
    sums: Counter[str] = Counter()
    for *_, code, amount in _SIDES["promoter"][1].rows(promoter_id):
        sums[code] += int(amount)
    return dict(sums)


def of_merchant(merchant_id: int) -> list[Balance]:
    """The merchant's promoters, by name, a line a currency."""
    return _balances("merchant", merchant_id)


def of_promoter(promoter_id: int) -> list[Balance]:
    """The promoter's merchants, by name, a line a currency."""
    return _balances("promoter", promoter_id)


def _due_of_each(merchant_id: int) -> dict[int, list[tuple]]:
    """(currency, minor units) of each promoter that something is open for."""
    each: dict[int, list[tuple]] = {}
    for promoter_id, *line in _DUE_OF_EACH.rows(merchant_id):
        each.setdefault(promoter_id, []).append(tuple(line))
    return each


def _balances(side: str, partner_id: int) -> list[Balance]:
    found: dict[tuple, Balance] = {}
    held, due, paid = _SIDES[side]
    for *key, amount, clears_at in held.rows(partner_id):
        balance = found.setdefault(tuple(key), Balance(*key))
        balance.held, balance.clears_at = int(amount), clock.from_micros(clears_at)
    for *key, amount in due.rows(partner_id):
        found.setdefault(tuple(key), Balance(*key)).due = int(amount)
    for *key, amount in paid.rows(partner_id):
        found.setdefault(tuple(key), Balance(*key)).paid = int(amount)
    return sorted(found.values(), key=lambda one: (one.partner.casefold(), one.partner_id, one.currency))
