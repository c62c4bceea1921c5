"""A deal's passport for the promoter who brought it: its way, why it is the promoter's, and where the reward stands."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals.words import CREATED, PAID
from portal.domain.affiliate.payouts.tables import DealQuestion
from portal.domain.affiliate.questions import questions
from portal.domain.errors import NotFound
from portal.domain.identifiers import is_uuid

_TIMES = ("conversion_time", "paid_at", "approved_at", "canceled_at", "due_at", "clicked_at")
_DEAL = Statement(
    """SELECT d.id, d.uuid, d.offer_name, c.title, b.name, d.status, d.is_returned, d.cost, d.first_cost, d.currency,
        d.attribution, d.reward_percent, d.fix_remuneration, d.hold_duration, d.canceled_duration, d.payment_sum,
        d.conversion_time, d.paid_at, d.approved_at, d.canceled_at, d.due_at, m.uid, k.written, k.percent_discounts,
        x.at, x.device, x.query, l.title, l.url
    FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN catalog c ON c.id = d.catalog_id
    JOIN partner b ON b.id = d.partner_id LEFT JOIN promo_code k ON k.id = d.used_code_id AND k.promotion_id = m.id
    LEFT JOIN click x ON x.id = d.click_id AND x.promotion_id = m.id LEFT JOIN landing l ON l.id = x.landing_id
    WHERE d.uuid = ? AND m.promoter_id = ?"""
)
# What a payout that was taken back held is open again, so that one is told alone.
_ITEMS = Statement(
    """SELECT i.amount, o.uuid, o.number, o.at FROM payout_item i LEFT JOIN payout o ON o.id = i.payout_id
    WHERE i.deal_id = ? AND o.reversed_at IS NULL ORDER BY i.id"""
)
_MERCHANTS_OWN = "self-referral"  # A mark for the merchant to judge by; it can tell who the customer is.


@dataclass(slots=True)
class Passport:
    """What a promoter may know of its deal. Sums are minor units, durations seconds, percentages hundredths."""

    id: int
    uuid: str
    offer_name: str
    catalog_title: str
    merchant: str
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
    uid: str
    used_code: str | None
    discount: int | None
    clicked_at: datetime | None
    click_device: str | None
    click_query: str | None
    landing_title: str | None
    landing_url: str | None

    @property
    def standing(self) -> str:
        """The status in one word, approval included."""
        return "Approved" if self.approved_at and self.status == PAID else self.status

    @property
    def travelled(self) -> list[tuple[str, str]]:
        """What travelled along with the click, such as ("subid", "newsletter")."""
        return parse_qsl(self.click_query or "", keep_blank_values=True)

    @property
    def cancels_at(self) -> datetime | None:
        """When it is canceled by itself, unless it is paid before."""
        return self.due_at if self.status == CREATED else None

    @property
    def clears_at(self) -> datetime | None:
        """When its hold is over, unless it is canceled before."""
        return self.due_at if self.status == PAID and not self.approved_at else None


class Part(NamedTuple):
    """A part of the reward (minor units, below zero when taken back): in a payout, or still open."""

    amount: int
    payout_uuid: str | None
    payout_number: int | None
    paid_at: datetime | None


def of(promoter_id: int, uuid: str) -> Passport:
    """The promoter's deal by our id. Raises NotFound."""
    row = _DEAL.row(uuid.lower(), promoter_id) if is_uuid(uuid) else None
    if row is None:
        raise NotFound("deal")
    passport = Passport(*row)
    passport.attribution = [_told(step) for step in json.loads(row[10])]
    for name in _TIMES:
        micros = getattr(passport, name)
        setattr(passport, name, None if micros is None else clock.from_micros(micros))
    return passport


def parts(passport: Passport) -> list[Part]:
    """What became of the reward once it was approved, oldest first."""
    return [
        Part(amount, uuid, number, None if at is None else clock.from_micros(at))
        for amount, uuid, number, at in _ITEMS.rows(passport.id)
    ]


def asked(passport: Passport) -> list[DealQuestion]:
    """The promoter's questions about the deal with their answers, oldest first."""
    return questions.of_deal(passport.id)


def _told(step: dict) -> dict:
    """A step of the attribution without what is the merchant's: fixes, marks of self-referral, the names of its fields."""
    detail = "" if step["detail"].startswith(_MERCHANTS_OWN) else step["detail"].replace("another_data", "the order")
    return {"check": step["check"], "outcome": step["outcome"], "detail": detail}
