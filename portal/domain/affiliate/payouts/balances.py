"""Where the money between merchants and promoters stands: held, due, recorded and paid, by the other side and currency."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.remembered import Remembered

_HELD = """SELECT {other} AS partner_id, p.uuid AS partner_uuid, p.name AS partner, d.currency,
        CAST(SUM(d.payment_sum) AS BIGINT) AS amount, MIN(d.due_at) AS clears_at
    FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN partner p ON p.id = {other}
    WHERE {own} = :partner AND d.status = 'Paid' AND d.approved_at IS NULL AND d.payment_sum <> 0
    GROUP BY {other}, p.uuid, p.name, d.currency"""
# Summed in the order of their index first; any other would sort them all.
_OPEN = """SELECT i.promoter_id, i.promotion_id, i.currency, SUM(i.amount) AS amount FROM payout_item i
    WHERE i.merchant_id = :partner AND i.payout_id IS NULL GROUP BY i.promoter_id, i.promotion_id, i.currency"""
_OTHER = """o.{other} AS partner_id, p.uuid AS partner_uuid, p.name AS partner, o.currency,
        CAST(SUM(o.amount) AS BIGINT) AS amount"""
_DUE_OF_MERCHANT = f"""SELECT {_OTHER.format(other="promoter_id")}
    FROM ({_OPEN}) o JOIN partner p ON p.id = o.promoter_id GROUP BY o.promoter_id, p.uuid, p.name, o.currency"""
# Open items are indexed by their merchant first: a promoter's are looked for at those whose catalogs it sells or sold.
_DUE_OF_PROMOTER = f"""SELECT {_OTHER.format(other="merchant_id")}
    FROM (SELECT i.merchant_id, m.id, i.currency, SUM(i.amount) AS amount
        FROM promotion m JOIN catalog c ON c.id = m.catalog_id
        JOIN payout_item i ON i.merchant_id = c.partner_id AND i.promoter_id = m.promoter_id AND i.promotion_id = m.id
            AND i.payout_id IS NULL
        WHERE m.promoter_id = :partner GROUP BY m.id, i.merchant_id, i.currency) o
    JOIN partner p ON p.id = o.merchant_id GROUP BY o.merchant_id, p.uuid, p.name, o.currency"""
_PAID = f"""SELECT {_OTHER},
        CAST(COALESCE(SUM(CASE WHEN o.sent_at IS NULL THEN o.amount END), 0) AS BIGINT) AS unsent,
        MAX(o.sent_at) AS last_sent FROM payout o JOIN partner p ON p.id = o.{{other}}
    WHERE o.{{own}} = :partner AND o.reversed_at IS NULL GROUP BY o.{{other}}, p.uuid, p.name, o.currency"""
_due_of_promoters = Remembered()


class Due(NamedTuple):
    """What is open for a promoter in one currency, in minor units."""

    promoter_id: int
    currency: str
    amount: int


class _Sum(NamedTuple):
    partner_id: int
    partner_uuid: str
    partner: str
    currency: str
    amount: int


class _Paid(NamedTuple):
    partner_id: int
    partner_uuid: str
    partner: str
    currency: str
    amount: int
    unsent: int
    last_sent: int | None


class _Held(NamedTuple):
    partner_id: int
    partner_uuid: str
    partner: str
    currency: str
    amount: int
    clears_at: int


class _Side(NamedTuple):
    held: Statement[_Held]
    due: Statement[_Sum]
    paid: Statement[_Paid]


_DUE_OF_EACH = Statement(
    f"""SELECT o.promoter_id, o.currency, CAST(SUM(o.amount) AS BIGINT) AS amount FROM ({_OPEN}) o
    GROUP BY o.promoter_id, o.currency""",
    Due,
)
_DUE_OF_SOME = Statement(
    """SELECT i.promoter_id, i.currency, CAST(SUM(i.amount) AS BIGINT) AS amount FROM payout_item i
    WHERE i.merchant_id = :partner AND i.promoter_id IN :promoters AND i.payout_id IS NULL
    GROUP BY i.promoter_id, i.currency""",
    Due,
)
_MERCHANT = _Side(
    Statement(_HELD.format(own="d.partner_id", other="m.promoter_id"), _Held),
    Statement(_DUE_OF_MERCHANT, _Sum),
    Statement(_PAID.format(own="merchant_id", other="promoter_id"), _Paid),
)
_PROMOTER = _Side(
    Statement(_HELD.format(own="m.promoter_id", other="d.partner_id"), _Held),
    Statement(_DUE_OF_PROMOTER, _Sum),
    Statement(_PAID.format(own="promoter_id", other="merchant_id"), _Paid),
)


@dataclass(slots=True)
class Balance:
    """What stands between two partners in one currency, in minor units; `partner` is the other side.

    `held` waits for its hold, the first of it until `clears_at`; `due` may be below zero; `recorded` stands in
    payouts that are to be sent; `paid` was sent, the last of it at `last_sent`, and never went back.
    """

    partner_id: int
    partner_uuid: str
    partner: str
    currency: str
    held: int = 0
    clears_at: datetime | None = None
    due: int = 0
    recorded: int = 0
    paid: int = 0
    last_sent: datetime | None = None


def due_of_merchant(merchant_id: int) -> dict[str, int]:
    """What is approved and in no payout yet, by currency, in minor units; the promoters together."""
    return _by_currency(chain.from_iterable(due_of_each(merchant_id).values()))


def due_of_each(merchant_id: int) -> dict[int, list[Due]]:
    """The same by promoter, a line a currency."""
    recalled = _due_of_promoters.recall(merchant_id)
    each = recalled.values or _by_promoter(_DUE_OF_EACH.rows(partner=merchant_id))
    if changed := {change.promoter_id for change in recalled.changes if change.promoter_id is not None}:
        each |= {promoter_id: [] for promoter_id in changed}
        each |= _by_promoter(_DUE_OF_SOME.rows(partner=merchant_id, promoters=list(changed)))
    _due_of_promoters.keep(merchant_id, recalled.position, each)
    return each


def due_of_promoter(promoter_id: int) -> dict[str, int]:
    """The same of a promoter, its merchants together."""
    return _by_currency(_PROMOTER.due.rows(partner=promoter_id))


def of_merchant(merchant_id: int) -> list[Balance]:
    """The merchant's promoters, by name, a line a currency."""
    return _balances(_MERCHANT, merchant_id)


def of_promoter(promoter_id: int) -> list[Balance]:
    """The promoter's merchants, by name, a line a currency."""
    return _balances(_PROMOTER, promoter_id)


def _by_promoter(sums: list[Due]) -> dict[int, list[Due]]:
    each: dict[int, list[Due]] = {}
    for due in sums:
        each.setdefault(due.promoter_id, []).append(due)
    return each


def _by_currency(sums: Iterable[Due | _Sum]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in sums:
        found[one.currency] += one.amount
    return dict(found)


def _balances(side: _Side, partner_id: int) -> list[Balance]:
    found: dict[tuple[int, str], Balance] = {}
    for held in side.held.rows(partner=partner_id):
        balance = _of(found, held)
        balance.held, balance.clears_at = held.amount, clock.from_micros(held.clears_at)
    for due in side.due.rows(partner=partner_id):
        _of(found, due).due = due.amount
    for paid in side.paid.rows(partner=partner_id):
        balance = _of(found, paid)
        balance.recorded, balance.paid = paid.unsent, paid.amount - paid.unsent
        balance.last_sent = None if paid.last_sent is None else clock.from_micros(paid.last_sent)
    return sorted(found.values(), key=lambda one: (one.partner.casefold(), one.partner_id, one.currency))


def _of(found: dict[tuple[int, str], Balance], row: _Sum | _Held | _Paid) -> Balance:
    new = Balance(row.partner_id, row.partner_uuid, row.partner, row.currency)
    return found.setdefault((row.partner_id, row.currency), new)
