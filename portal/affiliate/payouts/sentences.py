"""What pages of payouts say that depends on the payout or its run: whole sentences with named parameters."""

from markupsafe import Markup

from portal.domain.affiliate.payouts.account_changes import AccountChange
from portal.domain.affiliate.payouts.payouts import LeftOut
from portal.domain.affiliate.payouts.statement import PayoutStatement
from portal.web.formats import money, number
from portal.web.plurals import counted

_MOST_TOLD = 8  # They travel in the session's cookie.


def payouts(count: int) -> str:
    """How many payouts."""
    return counted(count, "1 payout", "{number} payouts")


def covered(count: int, deals: int) -> str:
    """How many payouts a run would make, and how many deals they pay."""
    return "{payouts} for {deals}".format(payouts=payouts(count), deals=counted(deals, "1 deal", "{number} deals"))


def account_changed(change: AccountChange, when: str) -> str:
    """That the money goes to another account than before; `when` is a time element or a day."""
    return Markup("Account changed {when} by {by}").format(when=when, by=change.by)


def new_account(change: AccountChange, day: str) -> str:
    """The same in a file for the bank."""
    return f"New account: changed on {day} by {change.by}"


def clawbacks(deals: int) -> str:
    """How many deals, canceled or returned in part, are taken back within a payout."""
    return counted(deals, "1 deal taken back", "{number} deals taken back")


def recorded(count: int) -> str:
    """What a run did, and what is left to do."""
    return counted(
        count,
        "1 payout recorded. Send the money, and it is done.",
        "{number} payouts recorded. Send the money, and it is done.",
    )


def left_out(ones: list[LeftOut]) -> list[str]:
    """Whom a run left out and why; of many, the first few by name."""
    told = [f"{(one.promoter or 'One promoter')[:80]} ({one.currency}): {one.sentence}" for one in ones]
    more = len(told) - _MOST_TOLD
    return [*told[:_MOST_TOLD], f"And {number(more)} more."] if more > 0 else told


def lost(statement: PayoutStatement) -> list[str]:
    """What taking a payout back means."""
    payout = statement.payout
    return [
        f"{money(payout.amount, payout.currency)} to {payout.promoter} no longer counts as paid",
        counted(
            statement.lines,
            "What it paid (1 deal) is due again, for the next run",
            "What it paid ({number} deals) is due again, for the next run",
        ),
        f"The statement stays, marked as taken back; {payout.promoter} sees that and your reason",
        "It cannot be undone; you can pay again",
    ]
