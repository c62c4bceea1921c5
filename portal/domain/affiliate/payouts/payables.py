"""What is open for a merchant's promoters, and whether it can be paid."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain import money
from portal.domain.affiliate.payouts import ready
from portal.domain.affiliate.payouts.account_changes import AccountChange, recent
from portal.domain.affiliate.payouts.items import MOST_CLAIMED
from portal.domain.affiliate.payouts.ready import BELOW_MINIMUM, NO_DETAILS, NOTHING, PAYABLE
from portal.domain.sentences import say

SAID = {
    PAYABLE: say("Payable"), BELOW_MINIMUM: say("Below the least sum"), NOTHING: say("Nothing to pay: below zero"),
    NO_DETAILS: say("No account given yet"),
}  # fmt: skip


class Payable(NamedTuple):
    """What is open for a promoter in one currency. Sums are minor units, as are the `minimums` that the promoter asked for.

    `clawbacks` of the `items` take back what earlier payouts paid, `taken_back` in all (zero or below).
    """

    promoter_id: int
    promoter_uuid: str
    promoter: str
    currency: str
    amount: int
    items: int
    clawbacks: int
    taken_back: int
    minimums: str | None  # JSON, by currency
    holder: str | None
    account: str | None
    bank: str | None
    account_changed_at: int | None  # microseconds
    account_changed_by: str | None

    @property
    def changed(self) -> AccountChange | None:
        """The change of the account, when it was within the last seven days."""
        return recent(self.account_changed_at, self.account_changed_by, clock.now())

    @property
    def minimum(self) -> int:
        """The least that the promoter wants at a time, in minor units."""
        return ready.minimum(self.minimums, self.currency)

    @property
    def has_details(self) -> bool:
        """Whether the promoter has said where it wants its money."""
        return self.account is not None

    @property
    def state(self) -> str:
        """Whether it can be paid, in words for people."""
        return SAID[self.word]

    @property
    def word(self) -> str:
        """Whether it can be paid: PAYABLE, BELOW_MINIMUM, NOTHING or NO_DETAILS."""
        return ready.word(self.amount, self.minimum, self.has_details)

    @property
    def may_be_paid(self) -> bool:
        """Whether a run takes it. Without details it does: a merchant may pay by other means."""
        return self.word in (PAYABLE, NO_DETAILS)

    @property
    def payouts(self) -> int:
        """How many payouts it takes, at most."""
        return -(-self.items // MOST_CLAIMED)

    @property
    def is_chosen(self) -> bool:
        """Whether it is chosen unless the merchant says otherwise; not while its account is new."""
        return self.word == PAYABLE and self.changed is None


_OPEN = Statement(
    """SELECT o.promoter_id, p.uuid AS promoter_uuid, p.name AS promoter, o.currency, o.amount, o.items, o.clawbacks,
        o.taken_back, d.minimums, d.holder, d.account, d.bank,
        d.account_changed_at, d.account_changed_by
    FROM (SELECT promoter_id, currency, CAST(SUM(amount) AS BIGINT) AS amount, CAST(SUM(items) AS BIGINT) AS items,
            CAST(SUM(clawbacks) AS BIGINT) AS clawbacks, CAST(SUM(taken_back) AS BIGINT) AS taken_back
        FROM (SELECT i.promoter_id, i.promotion_id, i.currency, SUM(i.amount) AS amount, COUNT(*) AS items,
                SUM(CASE WHEN i.amount < 0 THEN 1 ELSE 0 END) AS clawbacks,
                SUM(CASE WHEN i.amount < 0 THEN i.amount ELSE 0 END) AS taken_back
            FROM payout_item i WHERE i.merchant_id = :merchant AND i.payout_id IS NULL
            GROUP BY i.promoter_id, i.promotion_id, i.currency) AS one GROUP BY promoter_id, currency) AS o
    JOIN partner p ON p.id = o.promoter_id LEFT JOIN payout_details d ON d.promoter_id = o.promoter_id
    ORDER BY p.name, o.promoter_id, o.currency""",
    Payable,
)


def preview(merchant_id: int) -> list[Payable]:
    """What is open for each of the merchant's promoters, a line a currency."""
    return _OPEN.rows(merchant=merchant_id)


def hindrance(line: Payable | None, currency: str, seen: int) -> str | None:
    """Why a line cannot be paid as it was seen, or None."""
    if line is None:
        return say(
            "Nothing is due to it in {currency}: it was paid, or its deals were canceled or returned. Look at the list again.",
            currency=currency,
        )
    if line.amount != seen:
        sums = {"now": _written(line.amount, currency), "then": _written(seen, currency)}
        return say("It changed since you looked: {now} is due now, not {then}. Look at the list again.", **sums)
    if line.word == NOTHING:
        return say(
            "Canceled or returned deals took back all that it earned since, or more: the rest is carried into its next payout."
        )
    if line.word == BELOW_MINIMUM:
        least = _written(line.minimum, currency)
        return say(
            "It asked for at least {least} at a time. Wait for more deals, or ask it to lower its least sum.",
            least=least,
        )
    return None


def why_not_chosen(line: Payable) -> str:
    """Why the line is in no run unless the merchant chooses it, and what would mend it."""
    if not line.may_be_paid:
        return hindrance(line, line.currency, line.amount) or ""
    if not line.has_details:
        return say("It has not said where its money goes. Choose it in the list if you pay it another way.")
    return say("Its account was changed lately. Ask whether that is right, then choose it in the list.")


def _written(minor: int, currency: str) -> str:
    return f"{money.to_decimal(minor, currency):,f} {currency}"
