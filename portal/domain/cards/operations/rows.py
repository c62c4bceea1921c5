"""A card as the ledger reads it, and an operation as it answers it."""

from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.cards.templates.kinds import CERTIFICATE, COUPON, LIMITS, MEMBERSHIP, STAMP, SUBSCRIPTION


@dataclass(slots=True)
class Held:
    """A card inside the transaction that changes it, its row locked where the engine has row locks, and its template's rules.

    Counts are in the smallest unit of each, moments in microseconds.
    """

    id: int
    serial: str
    partner_id: int
    template_id: int
    member_id: int
    uses: int
    rewards: int
    balance: int
    bonus: int
    visits: int
    rest: int
    spent: int
    coupon: int
    owed: int
    rewards_earned: int
    rewards_redeemed: int
    stamps_by_referral: int
    points_by_referral: int
    last_stamp_at: int | None
    last_reward_at: int | None
    last_redeemed_at: int | None
    coupon_redeemed_at: int | None
    referred_by_id: int | None
    referral_paid_at: int | None
    membership_tier_id: int | None
    tier_period: str | None
    tier_since: int | None
    due_at: int | None
    expires_at: int | None
    deleted_at: int | None
    moved_to_id: int | None
    kind: int
    mechanics: str
    currency: str
    stamps_total: int | None
    step: int | None
    step_gives: int | None
    visit_gives: int | None
    percent: int | None
    least_purchase: int | None
    most_a_day: int | None
    most_at_once: int | None
    earns_on_points: bool
    lot_days: int | None
    deal_gives: int | None
    referrer_gets: int | None
    friend_gets: int | None
    tariff_ends: int | None  # of the company whose card it is

    @property
    def main(self) -> str:
        """The field that its credits go to, and that it owes in."""
        return main_of(self.kind, self.mechanics)


def main_of(kind: int, mechanics: str) -> str:
    """The field that credits of such a card go to."""
    if kind == STAMP:
        return "uses"
    if kind == MEMBERSHIP:
        return "balance" if mechanics == LIMITS else "visits"
    return "balance" if kind in (SUBSCRIPTION, CERTIFICATE) else "bonus"


def shown_of(kind: int, mechanics: str) -> str:
    """The field that such a card is about: a coupon takes no credits, and is used or is not."""
    return "coupon" if kind == COUPON else main_of(kind, mechanics)


class Operation(NamedTuple):
    """One operation as it was booked; `amount` and `balance` are of `field`, in its smallest unit."""

    id: int
    partner_id: int
    template_id: int
    card_id: int
    member_id: int
    event: int
    field: str
    amount: int
    balance: int
    purchase_sum: int | None
    source: str
    comment: str | None
    manager_id: int | None
    location_id: int | None
    reverses_id: int | None
    takes_back_id: int | None
    reward_tier_id: int | None
    step: int | None
    step_gives: int | None
    request: str | None
    created_at: int


class Entry(NamedTuple):
    """What an operation changed of one field."""

    field: str
    amount: int
    before: int
    after: int
