"""A deal's passport for the promoter who brought it: its way, why it is the promoter's, and where the reward stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.affiliate.attribution import attribution, sellers
from portal.domain.affiliate.deals import passport as merchants
from portal.domain.affiliate.deals.passport import TOLD, Told
from portal.domain.affiliate.questions import questions
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.errors import NotFound
from portal.domain.identifiers import is_uuid
from portal.domain.sentences import say

_MERCHANTS_OWN = "self-referral"  # A mark for the merchant to judge by; it can tell who the customer is.


@dataclass(slots=True)
class Passport(Told):
    """What a promoter may know of its deal."""

    merchant: str
    uid: str


_DEAL = Statement(
    f"""SELECT {TOLD}, b.name AS merchant, m.uid
    FROM deal d JOIN promotion m ON m.id = d.promotion_id JOIN catalog c ON c.id = d.catalog_id
    JOIN partner b ON b.id = d.partner_id LEFT JOIN promo_code k ON k.id = d.used_code_id
    LEFT JOIN click x ON x.id = d.click_id AND x.promotion_id = m.id LEFT JOIN landing l ON l.id = x.landing_id
    WHERE d.uuid = :uuid AND m.promoter_id = :promoter""",
    Passport,
)


class Part(NamedTuple):
    """A part of the reward (minor units, below zero when taken back): in a payout, or still open."""

    amount: int
    payout_uuid: str | None
    payout_number: int | None
    recorded_at: datetime | None
    sent_at: datetime | None


def of(promoter_id: int, uuid: str) -> Passport:
    """The promoter's deal by our id. Raises NotFound."""
    passport = _DEAL.row(uuid=uuid.lower(), promoter=promoter_id) if is_uuid(uuid) else None
    if passport is None:
        raise NotFound(say("deal"))
    passport.attribution = [_told(step) for step in passport.attribution if step["check"] != attribution.CUSTOMER]
    return passport


def parts(passport: Passport) -> list[Part]:
    """What became of the reward once it was approved, oldest first."""
    return [
        Part(item.amount, item.payout_uuid, item.number, _moment(item.at), _moment(item.sent_at))
        for item in merchants.items(passport.id)
    ]


def _moment(at: int | None) -> datetime | None:
    return None if at is None else clock.from_micros(at)


def asked(passport: Passport) -> list[DealQuestion]:
    """The promoter's questions about the deal with their answers, oldest first."""
    return questions.of_deal(passport.id)


def _told(step: dict) -> dict:
    """A step of the attribution without what is the merchant's: fixes, marks of self-referral, names of its fields and groups."""
    if step["check"] == attribution.REWARD:
        return {**step, "detail": step["detail"].partition(sellers.WHOSE)[0], "fix": ""}
    detail = "" if step["detail"].startswith(_MERCHANTS_OWN) else step["detail"].replace("another_data", "the order")
    return {"check": step["check"], "outcome": step["outcome"], "detail": detail}
