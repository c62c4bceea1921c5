"""What pages of payouts say that depends on the payout or its run: whole sentences with named parameters."""

from markupsafe import Markup

from portal.domain.affiliate.payouts.account_changes import AccountChange
from portal.domain.affiliate.payouts.lists import RECORDED, SENT, TAKEN_BACK
from portal.domain.affiliate.payouts.payouts import LeftOut
from portal.domain.affiliate.payouts.statement import PayoutStatement
from portal.web.formats import money, number
from portal.web.plurals import counted

_MOST_TOLD = 8  # They travel in the session's cookie.
STATES = {RECORDED: "To be sent", SENT: "Sent", TAKEN_BACK: "Taken back"}


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


def record(count: int) -> str:
    """What the button of the preview does."""
    return counted(count, "Record 1 payout", "Record {number} payouts")


def recorded(count: int) -> str:
    """What a run did, and what is left to do."""
    return counted(
        count,
        "1 payout recorded. Take the file to your bank, then mark it as sent.",
        "{number} payouts recorded. Take the file to your bank, then mark them as sent.",
    )


def sent(count: int) -> str:
    """What marking as sent did."""
    return counted(
        count,
        "1 payout is marked as sent, and its promoter is told.",
        "{number} payouts are marked as sent, and their promoters are told.",
    )


def to_send(count: int) -> str:
    """How many of a run's payouts are left."""
    return counted(count, "1 payout to be sent", "{number} payouts to be sent") if count else "All of it is done"


def left_out(ones: list[LeftOut]) -> list[str]:
    """Whom a run left out and why; of many, the first few by name."""
    told = [f"{(one.promoter or 'One promoter')[:80]} ({one.currency}): {one.sentence}" for one in ones]
    more = len(told) - _MOST_TOLD
    return [*told[:_MOST_TOLD], f"And {number(more)} more."] if more > 0 else told


def lost(statement: PayoutStatement) -> list[str]:
    """What taking a payout back means."""
    payout = statement.payout
    counts = "no longer counts as paid out" if payout.state == SENT else "is no longer to be sent"
    return [
        f"{money(payout.amount, payout.currency)} to {payout.promoter} {counts}",
        counted(
            statement.lines,
            "What it pays (1 deal) is due again, for the next run",
            "What it pays ({number} deals) is due again, for the next run",
        ),
        f"The statement stays, marked as taken back; {payout.promoter} sees that and your reason",
        "It cannot be undone; you can pay again",
    ]
