"""What the pages of generated codes say that depends on counts and states."""

from portal.domain.coupons.batches.batches import CANCELED, DONE
from portal.domain.coupons.batches.drawing import Room
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.sentences import counted, say

STATES = {
    "making": (say("Being made"), "info", "hourglass"), "done": (say("Done"), "success", "circle-check"),
    "canceled": (say("Ended early"), "neutral", "ban"), "off": (say("Being switched off"), "info", "hourglass"),
    "on": (say("Being switched on"), "info", "hourglass"), "assigning": (say("Being assigned"), "info", "hourglass"), "switched off": (say("Switched off"), "warning", "ban"),
}  # fmt: skip


def state(batch) -> tuple[str, str, str]:
    """How a batch stands, as a badge shows it: words, tone and icon."""
    if batch.off_at and not batch.turning:
        return STATES["switched off"]
    return STATES[batch.turning or ("assigning" if batch.assigned_to is not None else batch.state)]


def room(found: Room) -> str:
    """How many codes fit, with the arithmetic."""
    return say(
        "{length} letters and digits make {holds} codes. One in 100 may be given out, so that nobody finds one by trying: {left} more.",
        length=found.length, holds=f"{found.holds:,}", left=f"{found.left:,}",
    )  # fmt: skip


def made(batch: CouponBatch) -> str:
    """What was made."""
    return counted(batch.made, "1 code was made.", "{number} codes were made.")


def announced(batch: CouponBatch) -> str | None:
    """What a screen reader hears when the worker is through with it."""
    if batch.due_at is None and batch.assigned:
        return counted(batch.assigned, "1 code is assigned.", "{number} codes are assigned.")
    if batch.due_at is None and batch.state in (DONE, CANCELED):
        return made(batch)
    return None


def lost(batch: CouponBatch) -> list[str]:
    """What switching the codes off means."""
    return [
        counted(batch.made, "The code cannot be used any more", "None of the {number} codes can be used any more"),
        say("Reservations that hold one keep what it gave them"),
        say("It takes some moments, and can be undone here"),
    ]


def stops(batch: CouponBatch) -> list[str]:
    """What canceling means."""
    left = batch.wanted - batch.made
    stays = counted(batch.made, "1 code that is made stays, and counts", "{number} codes that are made stay, and count")
    return [counted(left, "1 code is not made", "{number} codes are not made"), *([stays] if batch.made else [])]
