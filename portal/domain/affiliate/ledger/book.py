"""Posting commissions. Every transfer is two entries that sum to zero; nothing is ever changed or removed.

Accounts: the merchant's `owed` (below zero: owes, paid out or not), and the promoter's `held`, `due` and `paid`.
A transfer names the deal that it is about, or the payout.
"""

from portal import clock
from portal.database import Statement

OWED, HELD, DUE, SETTLED = "owed", "held", "due", "paid"

_TRANSFER = Statement("INSERT INTO transfer (reason, deal_id, payout_id, at) VALUES (?, ?, ?, ?) RETURNING id")
_ENTRIES = Statement(
    """INSERT INTO entry (transfer_id, partner_id, account, counterparty_id, currency, amount)
    VALUES (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)"""
)
_BALANCE = Statement("SELECT COALESCE(SUM(amount), 0) FROM entry WHERE partner_id = ? AND account = ? AND currency = ?")
_OF_DEAL = Statement(
    """SELECT e.partner_id, e.account, e.currency, SUM(e.amount) FROM entry e JOIN transfer t ON t.id = e.transfer_id
    WHERE t.deal_id = ? GROUP BY e.partner_id, e.account, e.currency HAVING SUM(e.amount) <> 0"""
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


def balance(partner_id: int, account: str, currency: str) -> int:
    """The sum of an account in one currency, in minor units."""
    return int(_BALANCE.row(partner_id, account, currency)[0])


def of_deal(deal_id: int) -> list[tuple]:
    """(partner id, account, currency, sum) of what a deal left on each account."""
    return [(partner, account, currency, int(total)) for partner, account, currency, total in _OF_DEAL.rows(deal_id)]


def _move(
    reason: str,
    deal_id: int | None,
    source: tuple,
    target: tuple,
    currency: str,
    amount: int,
    payout: int | None = None,
) -> None:
    if amount == 0:
        return
    transfer = _TRANSFER.row(reason, deal_id, payout, clock.micros())[0]
    _ENTRIES.run(
        transfer, *source, target[0], currency, -amount,
        transfer, *target, source[0], currency, amount,
    )  # fmt: skip
