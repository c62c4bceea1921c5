"""What pages of payouts say that depends on the payout or its run: whole sentences with named parameters."""

from portal.domain.affiliate.payouts.account_changes import AccountChange
from portal.domain.affiliate.payouts.lists import RECORDED, SENT, TAKEN_BACK, RunRow
from portal.domain.affiliate.payouts.payouts import LeftOut
from portal.domain.affiliate.payouts.statement import PayoutStatement
from portal.domain.sentences import counted, few, say, shown
from portal.web.formats import money

_MOST_TOLD = 8  # They travel in the session's cookie.
STATES = {RECORDED: say("To be sent"), SENT: say("Sent"), TAKEN_BACK: say("Taken back")}


def payouts(count: int) -> str:
    """How many payouts."""
    return counted(count, "1 payout", "{number} payouts")


def covered(count: int, deals: int) -> str:
    """How many payouts a run would make, and how many deals they pay."""
    return say("{payouts} for {deals}", payouts=payouts(count), deals=counted(deals, "1 deal", "{number} deals"))


def totals(each) -> list[tuple]:
    """What a run would pay in each currency: facts of its preview."""
    return [(_total(one.currency), money(one.amount, one.currency), covered(one.payouts, one.deals)) for one in each]


def _total(currency: str) -> str:
    return say("In {currency}", currency=currency)


def recorded_by(run: RunRow, actor: str | None) -> str:
    """How many payouts a run has, and who recorded it."""
    count = payouts(sum(total.payouts for total in run.totals))
    return say("{payouts}, by {person}", payouts=count, person=actor) if actor else count


def account_changed(change: AccountChange, when: str) -> str:
    """That the money goes to another account than before; `when` is a time element or a day."""
    return say("Account changed {when} by {by}", when=when, by=change.by)


def new_account(change: AccountChange, day: str) -> str:
    """The same in a file for the bank."""
    return shown(say("New account: changed on {day} by {by}", day=day, by=change.by))


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
    return counted(count, "1 payout to be sent", "{number} payouts to be sent") if count else say("All of it is done")


def left_out(ones: list[LeftOut]) -> list[str]:
    """Whom a run left out and why; of many, the first few by name."""
    return [shown(said) for said in few([one.said for one in ones], _MOST_TOLD)]


def lost(statement: PayoutStatement) -> list[str]:
    """What taking a payout back means."""
    payout = statement.payout
    named = {"sum": money(payout.amount, payout.currency), "promoter": payout.promoter}
    counts = say("{sum} to {promoter} no longer counts as paid out", **named)
    waits = say("{sum} to {promoter} is no longer to be sent", **named)
    return [
        counts if payout.state == SENT else waits,
        counted(
            statement.lines,
            "What it pays (1 deal) is due again, for the next run",
            "What it pays ({number} deals) is due again, for the next run",
        ),
        say(
            "The statement stays, marked as taken back; {promoter} sees that and your reason", promoter=payout.promoter
        ),
        say("It cannot be undone; you can pay again"),
    ]
