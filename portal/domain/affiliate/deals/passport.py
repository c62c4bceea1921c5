"""A deal's passport: where it came from, what happened to it, whose it is and why, and where its money stands."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.deals import trial
from portal.domain.affiliate.deals.words import CANCELED, CREATED, PAID
from portal.domain.affiliate.ledger import book
from portal.domain.errors import NotFound

_DEAL = Statement(
    """SELECT d.id, d.uuid, d.deal_id, d.offer_name, o.uuid, c.title, c.short_code, d.status, d.is_returned, d.cost,
        d.first_cost, d.currency, d.promo_code, d.another_data, d.comment, d.attribution, d.reward_percent,
        d.fix_remuneration, d.hold_duration, d.canceled_duration, d.payment_sum, d.conversion_time, d.paid_at,
        d.approved_at, d.canceled_at, d.due_at, d.modified_at, p.name, m.uid, k.written, k.percent_discounts, x.at, x.device,
        x.query, l.title, l.url, x.key, d.customer, d.is_self_referral
    FROM deal d JOIN catalog c ON c.id = d.catalog_id JOIN offer o ON o.id = d.offer_id
    LEFT JOIN promotion m ON m.id = d.promotion_id LEFT JOIN partner p ON p.id = m.promoter_id
    LEFT JOIN promo_code k ON k.id = d.used_code_id LEFT JOIN click x ON x.id = d.click_id
    LEFT JOIN landing l ON l.id = x.landing_id WHERE d.uuid = ? AND d.partner_id = ?"""
)
_NAME = Statement("SELECT name FROM partner WHERE id = ?")
# What a payout that was taken back held is open again, so that one is told alone.
_ITEMS = Statement(
    """SELECT i.amount, p.name, o.number, o.at, b.time_zone, o.uuid FROM payout_item i JOIN partner p ON p.id = i.promoter_id
    JOIN partner b ON b.id = i.merchant_id LEFT JOIN payout o ON o.id = i.payout_id
    WHERE i.deal_id = ? AND o.reversed_at IS NULL ORDER BY i.id"""
)


@dataclass(slots=True)
class Passport:
    """Everything that a deal's page tells. Sums are minor units, durations seconds, percentages hundredths."""

    id: int
    uuid: str
    deal_id: str
    offer_name: str
    offer_uuid: str
    catalog_title: str
    catalog_code: str
    status: str
    is_returned: bool
    cost: int
    first_cost: int
    currency: str
    promo_code: str | None
    another_data: str | None
    comment: str | None
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
    promoter: str | None
    uid: str | None
    used_code: str | None
    discount: int | None
    clicked_at: datetime | None
    click_device: str | None
    click_query: str | None
    landing_title: str | None
    landing_url: str | None
    click_key: str | None
    customer: str | None
    is_self_referral: bool

    @property
    def standing(self) -> str:
        """The status in one word, approval included."""
        return "Approved" if self.approved_at and self.status == PAID else self.status

    @property
    def is_trial(self) -> bool:
        """Whether the partner sent it to itself."""
        return self.deal_id.startswith(trial.BEGINS)

    @property
    def may_be_paid(self) -> bool:
        """Whether it can still be marked as paid."""
        return self.status == CREATED

    @property
    def may_be_canceled(self) -> bool:
        """Whether it can still be canceled."""
        return self.status != CANCELED

    @property
    def may_be_returned(self) -> bool:
        """Whether it is canceled and the customer's money is not known to have gone back."""
        return self.status == CANCELED and not self.is_returned

    @property
    def may_change_cost(self) -> bool:
        """Whether its cost can still change."""
        return self.status != CANCELED and self.approved_at is None


def of(partner_id: int, uuid: str) -> Passport:
    """The merchant's deal by our id. Raises NotFound."""
    row = _DEAL.row(uuid.lower(), partner_id)
    if row is None:
        raise NotFound("deal")
    passport = Passport(*row)
    passport.attribution = json.loads(row[15])
    for name in ("conversion_time", "paid_at", "approved_at", "canceled_at", "due_at", "modified_at", "clicked_at"):
        micros = getattr(passport, name)
        setattr(passport, name, None if micros is None else clock.from_micros(micros))
    return passport


def stands(passport: Passport) -> list[tuple[str, int, str | None]]:
    """Where the reward stands: a sentence, its sum, and the uuid of the payout that it is in; empty when nothing was ever
    held or paid, or all of it went back."""
    held = [
        (f"Held for {_NAME.row(partner)[0]}", total, None)
        for partner, account, _, total in book.of_deal(passport.id)
        if account == book.HELD
    ]
    return held + [(_told(*item), item[0], uuid) for *item, uuid in _ITEMS.rows(passport.id)]


def _told(amount: int, promoter: str, number: int | None, at: int | None, zone: str) -> str:
    """What a payout item means for the deal's reward."""
    if number is None:
        return f"Due to {promoter}" if amount > 0 else f"To be taken back from {promoter} with its next payout"
    day = clock.from_micros(at).astimezone(ZoneInfo(zone))
    done = "Paid out to" if amount > 0 else "Taken back from"
    return f"{done} {promoter}, payout no. {number} on {day.day} {day:%b %Y}"
