"""One payout, for its merchant and its promoter alone: where it was sent, how it adds up, and a line a deal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.payouts import lists
from portal.domain.affiliate.payouts.account_changes import AccountChange, recent_before
from portal.domain.affiliate.payouts.lists import PayoutRow
from portal.domain.errors import NotFound
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.sentences import say

_LINES = """SELECT i.deal_id AS id, d.uuid, d.deal_id, d.offer_name, c.title AS catalog_title, i.currency, d.cost, i.amount, d.reward_percent,
    d.fix_remuneration, d.conversion_time, d.approved_at, d.canceled_at,
    (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM refund r WHERE r.deal_id = i.deal_id) AS returned
    FROM payout_item i JOIN deal d ON d.id = i.deal_id JOIN catalog c ON c.id = d.catalog_id"""
_AT_ONCE = 500


class _Beside(NamedTuple):
    details: str | None
    merchant_logo: str | None
    promoter_logo: str | None


class _Parts(NamedTuple):
    carried_over: int
    new: int
    lines: int


class _Period(NamedTuple):
    since: int
    until: int


class Line(NamedTuple):
    """One deal in a payout: sums in minor units, times in microseconds. Below zero, a deal that was canceled or returned in
    part is taken back; `returned` of its cost went back to the customer by now."""

    id: int
    uuid: str
    deal_id: str
    offer_name: str
    catalog_title: str
    currency: str
    cost: int
    amount: int
    reward_percent: int | None
    fix_remuneration: int | None
    conversion_time: int
    approved_at: int
    canceled_at: int | None
    returned: int

    @property
    def is_clawback(self) -> bool:
        """Whether it takes back what an earlier payout paid."""
        return self.amount < 0

    @property
    def reward(self) -> int:
        """What the deal had earned, or lost again."""
        return abs(self.amount)

    @property
    def reported(self) -> datetime:
        """When the deal was reported."""
        return clock.from_micros(self.conversion_time)

    @property
    def approved(self) -> datetime:
        """When its hold had passed."""
        return clock.from_micros(self.approved_at)

    @property
    def canceled(self) -> datetime | None:
        """When it was canceled, if it was."""
        return None if self.canceled_at is None else clock.from_micros(self.canceled_at)


_ONE = Statement(
    f"{lists.SELECT} WHERE o.uuid = :uuid AND (o.merchant_id = :partner OR o.promoter_id = :partner)", PayoutRow
)
_BESIDE = Statement(
    """SELECT o.details, b.logo AS merchant_logo, p.logo AS promoter_logo FROM payout o
    JOIN partner b ON b.id = o.merchant_id JOIN partner p ON p.id = o.promoter_id WHERE o.id = :payout""",
    _Beside,
)
# What a deal was paid before was carried into this payout; what stands in one for the first time is new.
_PARTS = Statement(
    """SELECT CAST(COALESCE(SUM(CASE WHEN seen THEN amount END), 0) AS BIGINT) AS carried_over,
        CAST(COALESCE(SUM(CASE WHEN seen THEN 0 ELSE amount END), 0) AS BIGINT) AS new, COUNT(*) AS lines
    FROM (SELECT i.amount, EXISTS (SELECT 1 FROM payout_item e WHERE e.deal_id = i.deal_id AND e.payout_id < i.payout_id)
        AS seen FROM payout_item i WHERE i.payout_id = :payout) AS line""",
    _Parts,
)
_PERIOD = Statement(
    """SELECT MIN(d.approved_at) AS since, MAX(d.approved_at) AS until FROM payout_item i JOIN deal d ON d.id = i.deal_id
    WHERE i.payout_id = :payout AND i.amount > 0""",
    _Period,
)
_NEXT = Statement(f"{_LINES} WHERE i.payout_id = :payout AND i.deal_id > :last ORDER BY i.deal_id LIMIT :most", Line)


@dataclass(slots=True)
class PayoutStatement:
    """A payout as both sides see it: `carried_over` + `new` = its amount, in minor units.

    Carried over are deals of earlier payouts: taken back after they were paid, or paid again because it never arrived.
    What it pays was approved between `since` and `until`.
    """

    payout: PayoutRow
    details: dict | None
    carried_over: int
    new: int
    lines: int
    since: datetime
    until: datetime
    merchant_logo: str | None  # keys of pictures
    promoter_logo: str | None

    @property
    def changed(self) -> AccountChange | None:
        """The change of the account, when it was within the seven days before the payout."""
        return recent_before(self.details, self.payout.made)


def of(partner_id: int, uuid: str) -> PayoutStatement:
    """The payout, as its merchant or its promoter asks for it. Raises NotFound for everybody else."""
    payout = _find(partner_id, uuid)
    (beside,), (period,) = _BESIDE.rows(payout=payout.id), _PERIOD.rows(payout=payout.id)
    (parts,) = _PARTS.rows(payout=payout.id)
    return PayoutStatement(
        payout=payout,
        details=json.loads(beside.details) if beside.details else None,
        since=clock.from_micros(period.since),
        until=clock.from_micros(period.until),
        merchant_logo=beside.merchant_logo,
        promoter_logo=beside.promoter_logo,
        **parts._asdict(),
    )


def lines(partner_id: int, uuid: str, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of its lines, the latest deals first, each a Line. Raises NotFound."""
    where = Conditions()
    where.add("i.payout_id = :payout", payout=_find(partner_id, uuid).id)
    return key_pages.read(_LINES, "i.deal_id", where, Line, before, after)


def each_line(partner_id: int, uuid: str) -> Iterator[Line]:
    """All its lines, oldest deals first, read in portions while they are sent. Raises NotFound at once."""
    return _each(_find(partner_id, uuid).id)


def _each(payout_id: int) -> Iterator[Line]:
    last = 0
    while some := _NEXT.rows(payout=payout_id, last=last, most=_AT_ONCE):
        yield from some
        last = some[-1].id


def _find(partner_id: int, uuid: str) -> PayoutRow:
    found = _ONE.row(uuid=uuid.lower(), partner=partner_id)
    if found is None:
        raise NotFound(say("payout"))
    return found
