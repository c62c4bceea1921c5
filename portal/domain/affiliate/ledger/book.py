"""Posting commissions. Every transfer is two entries that sum to zero; nothing is ever changed or removed.

Accounts: the merchant's `owed` (below zero: owes, paid out or not), and the promoter's `held`, `due` and `paid`.
A transfer names the deal that it is about, or the payout.
"""

from typing import NamedTuple

from portal import clock
from portal.database import Statement

OWED, HELD, DUE, SETTLED = "owed", "held", "due", "paid"


class Left(NamedTuple):
    """What is left on an account of a partner, in minor units of a currency."""

    partner_id: int
    account: str
    currency: str
    total: int


_TRANSFER = Statement(
    "INSERT INTO transfer (reason, deal_id, payout_id, at) VALUES (:reason, :deal, :payout, :at) RETURNING id"
)
_ENTRIES = Statement(
    """INSERT INTO entry (transfer_id, partner_id, account, counterparty_id, currency, amount) VALUES
    (:transfer, :giver, :from_account, :taker, :currency, :given),
    (:transfer, :taker, :to_account, :giver, :currency, :taken)"""
)
_OF_DEAL = Statement(
    """SELECT e.partner_id, e.account, e.currency, SUM(e.amount) AS total FROM entry e JOIN transfer t ON t.id = e.transfer_id
    WHERE t.deal_id = :deal GROUP BY e.partner_id, e.account, e.currency HAVING SUM(e.amount) <> 0""",
    Left,
)


def hold(deal_id: int, merchant: int, promoter: int, currency: str, amount: int, reason: str = "paid") -> None:
    """The deal is paid: the merchant owes the promoter, who has it held."""
    _move(reason, deal_id, (merchant, OWED), (promoter, HELD), currency, amount)


def release(deal_id: int, promoter: int, currency: str, amount: int) -> None:
    """The deal is approved: what was held is due."""
    _move("approved", deal_id, (promoter, HELD), (promoter, DUE), currency, amount)


def reverse(
    deal_id: int, merchant: int, promoter: int, currency: str, amount: int, approved: bool, reason: str
) -> None:
    """Take the reward back from the stage that it reached. A due account may go below zero: that is carried on."""
    _move(reason, deal_id, (promoter, DUE if approved else HELD), (merchant, OWED), currency, amount)


def pay_out(payout_id: int, promoter: int, currency: str, amount: int) -> None:
    """A payout was made: what was due to the promoter is paid. The amount is in minor units, over zero."""
    _move("paid out", None, (promoter, DUE), (promoter, SETTLED), currency, amount, payout_id)


def take_back(payout_id: int, promoter: int, currency: str, amount: int) -> None:
    """A payout never arrived: what counted as paid is due again."""
    _move("payout taken back", None, (promoter, SETTLED), (promoter, DUE), currency, amount, payout_id)


def of_deal(deal_id: int) -> list[Left]:
    """What a deal left on each account."""
    return [left._replace(total=int(left.total)) for left in _OF_DEAL.rows(deal=deal_id)]


def _move(
    reason: str,
    deal_id: int | None,
    source: tuple[int, str],
    target: tuple[int, str],
    currency: str,
    amount: int,
    payout: int | None = None,
) -> None:
    if amount == 0:
        return
    (giver, from_account), (taker, to_account) = source, target
    transfer = _TRANSFER.value(reason=reason, deal=deal_id, payout=payout, at=clock.micros())
    _ENTRIES.run(
        transfer=transfer, giver=giver, from_account=from_account, taker=taker, to_account=to_account,
        currency=currency, given=-amount, taken=amount,
    )  # fmt: skip
