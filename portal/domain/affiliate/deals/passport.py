"""A deal's passport: where it came from, what happened to it, whose it is and why, and where its money stands."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.attribution.attribution import is_by_code
from portal.domain.affiliate.deals.standing import Standing
from portal.domain.affiliate.ledger import book
from portal.domain.errors import NotFound
from portal.domain.sentences import say

_TIMES = ("conversion_time", "paid_at", "approved_at", "canceled_at", "due_at", "modified_at", "clicked_at")
# Of `deal d`, its `catalog c`, its `promo_code k`, its `click x` and the click's `landing l`.
TOLD = """d.id, d.uuid, d.offer_name, c.title AS catalog_title, d.status, d.is_returned, d.cost, d.first_cost, d.currency,
    d.attribution, d.reward_percent, d.fix_remuneration, d.hold_duration, d.canceled_duration, d.payment_sum,
    d.conversion_time, d.paid_at, d.approved_at, d.canceled_at, d.due_at, d.modified_at, d.promo_code,
    k.written AS used_code, k.percent_discounts AS discount, x.at AS clicked_at, x.device AS click_device, x.query AS click_query,
    l.title AS landing_title, l.url AS landing_url"""


@dataclass(slots=True)
class Told(Standing):
    """What a deal's page tells both sides. Sums are minor units, durations seconds, percentages hundredths."""

    id: int
    uuid: str
    offer_name: str
    catalog_title: str
    status: str
    is_returned: bool
    cost: int
    first_cost: int
    currency: str
    attribution: list
    reward_percent: int | None
    fix_remuneration: int | None
    hold_duration: int
    canceled_duration: int
    payment_sum: int
    conversion_time: datetime
    paid_at: datetime | None
    approved_at: datetime | None
    canceled_at: datetime | None
    due_at: datetime | None
    modified_at: datetime
    promo_code: str | None
    used_code: str | None  # the code that brought it, a promoter's or a coupon's
    discount: int | None
    clicked_at: datetime | None
    click_device: str | None
    click_query: str | None
    landing_title: str | None
    landing_url: str | None

    def __post_init__(self):
        self.attribution = json.loads(self.attribution)  # type: ignore[arg-type]  # Text until here.
        for name in _TIMES:
            micros = getattr(self, name)
            setattr(self, name, None if micros is None else clock.from_micros(micros))
        if self.used_code is None and is_by_code(self.attribution):
            self.used_code = self.promo_code

    @property
    def travelled(self) -> list[tuple[str, str]]:
        """What travelled along with the click, such as ("subid", "newsletter")."""
        return parse_qsl(self.click_query or "", keep_blank_values=True)

    @property
    def cancels_at(self) -> datetime | None:
        """When it is canceled by itself, unless it is paid before."""
        return self.due_at if self.may_be_paid else None

    @property
    def clears_at(self) -> datetime | None:
        """When its hold is over, unless it is canceled before."""
        return self.due_at if self.may_be_approved else None


@dataclass(slots=True)
class Passport(Told):
    """What the merchant is told besides."""

    deal_id: str
    offer_uuid: str
    catalog_code: str
    another_data: str | None
    comment: str | None
    promoter: str | None
    uid: str | None
    click_key: str | None
    customer: str | None
    is_self_referral: bool
    unknown_uid: str | None


class Item(NamedTuple):
    """A part of the reward (minor units, below zero when taken back): in a payout, sent or not, or still open."""

    amount: int
    promoter: str
    number: int | None
    at: int | None
    sent_at: int | None
    time_zone: str
    payout_uuid: str | None


_DEAL = Statement(
    f"""SELECT {TOLD}, d.deal_id, o.uuid AS offer_uuid, c.short_code AS catalog_code, d.another_data, d.comment,
        p.name AS promoter, m.uid, x.key AS click_key, d.customer, d.is_self_referral, d.unknown_uid
    FROM deal d JOIN catalog c ON c.id = d.catalog_id JOIN offer o ON o.id = d.offer_id
    LEFT JOIN promotion m ON m.id = d.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id
    LEFT JOIN promo_code k ON k.id = d.used_code_id LEFT JOIN click x ON x.id = d.click_id
    LEFT JOIN landing l ON l.id = x.landing_id WHERE d.uuid = :uuid AND d.partner_id = :partner""",
    Passport,
)
_NAME = Statement("SELECT name FROM partner WHERE id = :id")
# What a payout that was taken back held is open again, so that one is told alone.
_ITEMS = Statement(
    """SELECT i.amount, p.name AS promoter, o.number, o.at, o.sent_at, b.time_zone, o.uuid AS payout_uuid FROM payout_item i
    JOIN partner p ON p.id = i.promoter_id JOIN partner b ON b.id = i.merchant_id LEFT JOIN payout o ON o.id = i.payout_id
    WHERE i.deal_id = :deal AND o.reversed_at IS NULL ORDER BY i.id""",
    Item,
)


def of(partner_id: int, uuid: str) -> Passport:
    """The merchant's deal by our id. Raises NotFound."""
    found = _DEAL.row(uuid=uuid.lower(), partner=partner_id)
    if found is None:
        raise NotFound(say("deal"))
    return found


def items(deal_id: int) -> list[Item]:
    """What became of the reward once it was approved, oldest first."""
    return _ITEMS.rows(deal=deal_id)


def held(deal_id: int) -> list[tuple[str, int]]:
    """For whom the ledger holds a reward of the deal, and how much."""
    return [
        (_NAME.value(id=left.partner_id), left.total) for left in book.of_deal(deal_id) if left.account == book.HELD
    ]
