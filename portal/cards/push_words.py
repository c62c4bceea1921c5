"""What pages say of pushes: how one stands, whom it is for, and how far it came with each card."""

from datetime import datetime

from portal.domain.cards.pushes import words
from portal.domain.sentences import counted, kept, say

STATES = {
    words.SCHEDULED: (say("Waits"), "info", "clock"),
    words.SENDING: (say("Being sent"), "info", "hourglass"),
    words.SENT: (say("Sent"), "success", "circle-check"),
    words.CANCELLED: (say("Cancelled"), "neutral", "ban"),
    words.FAILED: (say("Failed"), "danger", "circle-alert"),
}
KINDS = {words.MANUAL: say("Written"), words.AUTO: say("By itself")}
AUDIENCES = {
    words.TEMPLATE: say("All its cards"),
    words.SEGMENT: say("Customers of a segment"),
    words.UNSEEN: say("Customers not seen for a while"),
    words.CARD: say("One card"),
}
SHOWN = "shown"  # sent, and seen as well
OF_RECIPIENTS = {
    words.QUEUED: (say("Waits"), "info", "clock"),
    words.SENDING: (say("Being sent"), "info", "hourglass"),
    words.SENT: (say("Sent"), "success", "circle-check"),
    SHOWN: (say("Shown"), "success", "eye"),
    words.FAILED: (say("Failed"), "warning", "circle-alert"),
    words.CANCELLED: (say("Passed over"), "neutral", "ban"),
}


def audience(line) -> str:
    """Whom a push is for. Takes a row of the list."""
    if line.audience == words.CARD:
        return say("Card {serial}", serial=line.serial)
    if line.audience == words.SEGMENT:
        return say("Segment {name}", name=line.segment) if line.segment else say("A segment that was removed")
    if line.audience == words.UNSEEN:
        return counted(line.unseen_days, "Not seen for 1 day", "Not seen for {number} days")
    return say("All cards")


def of_recipient(row) -> tuple[str, str, str]:
    """How far a push came with a card: the words, their tone and icon."""
    return OF_RECIPIENTS[SHOWN if row.shown_at is not None and row.state == words.SENT else row.state]


def why(row) -> str | None:
    """Why a card got nothing; of one that failed that its inbox has it all the same."""
    if row.reason is None:
        return None
    reason = words.REASONS[row.reason]
    return say("{reason}. The card’s inbox has it.", reason=reason) if row.state == words.FAILED else reason


def name(line) -> str:
    """What a push is called: how it begins."""
    return line.message or say("To somebody who was erased")


def begins(moment: datetime | None) -> str:
    """What is said of a push that was just written."""
    return say("The push is planned.") if moment else say("The push is on its way.")


def quiet_hint(kept) -> str:
    """What keeping quiet hours means by the company's settings."""
    if kept.quiet_from == kept.quiet_to:
        return say("Your quiet hours are switched off: it changes nothing.")
    begin, end = (f"{minute // 60:02}:{minute % 60:02}" for minute in (kept.quiet_from, kept.quiet_to))
    return say("Between {begin} and {end} of your time it waits until they are over.", begin=begin, end=end)


def steps(taken: list[dict]) -> list[dict]:
    """The steps of why one did not arrive, as pages draw them."""
    return [
        {"name": one["check"], "state": one["outcome"], "text": kept(one["detail"]), "fix": kept(one["fix"])}
        for one in taken
    ]
