"""What is open for a merchant's promoters, and whether it can be paid."""

import json
from typing import NamedTuple

from portal.database import Statement
from portal.domain import money

PAYABLE, BELOW_MINIMUM, NOTHING, NO_DETAILS = (
    "Payable", "Below the minimum", "Nothing to pay: below zero", "No payout details yet",
)  # fmt: skip
_OPEN = Statement(
    """SELECT i.promoter_id, p.uuid, p.name, i.currency, SUM(i.amount), COUNT(*), d.minimums
    FROM payout_item i JOIN partner p ON p.id = i.promoter_id LEFT JOIN payout_details d ON d.promoter_id = i.promoter_id
    WHERE i.merchant_id = ? AND i.payout_id IS NULL
    GROUP BY i.promoter_id, p.uuid, p.name, i.currency, d.minimums ORDER BY p.name, i.promoter_id, i.currency"""
)


class Payable(NamedTuple):
    """What is open for a promoter in one currency. Sums are minor units; the minimum is what the promoter asked for."""

    promoter_id: int
    promoter_uuid: str
    promoter: str
    currency: str
    amount: int
    items: int
    minimum: int
    has_details: bool

    @property
    def state(self) -> str:
        """Whether it can be paid, in words."""
        if self.amount <= 0:
            return NOTHING
        if self.amount < self.minimum:
            return BELOW_MINIMUM
        return PAYABLE if self.has_details else NO_DETAILS

    @property
    def may_be_paid(self) -> bool:
        """Whether a run takes it. Without details it does: a merchant may pay by other means."""
        return self.state in (PAYABLE, NO_DETAILS)

    @property
    def is_chosen(self) -> bool:
        """Whether it is chosen unless the merchant says otherwise."""
        return self.state == PAYABLE


def preview(merchant_id: int) -> list[Payable]:
    """What is open for each of the merchant's promoters, a line a currency."""
    return [
        Payable(*row[:4], int(row[4]), row[5], json.loads(row[6] or "{}").get(row[3], 0), row[6] is not None)
        for row in _OPEN.rows(merchant_id)
    ]


def hindrance(line: Payable | None, currency: str, seen: int) -> str | None:
    """Why a line cannot be paid as it was seen, or None."""
    if line is None:
        return f"Nothing is open for it in {currency}: it was paid, or its deals were canceled. Look at the list again."
    if line.amount != seen:
        return f"It changed since you looked: {_written(line.amount, currency)} is open now, not {_written(seen, currency)}. Look at the list again."
    if line.state == NOTHING:
        return "Canceled deals took back all that it earned since, or more: the rest is carried into its next payout."
    if line.state == BELOW_MINIMUM:
        return f"It asked for at least {_written(line.minimum, currency)} at a time. Wait for more deals, or ask it to lower its minimum."
    return None


def _written(minor: int, currency: str) -> str:
    return f"{money.to_decimal(minor, currency):,f} {currency}"
