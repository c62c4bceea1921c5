"""Browsers that a member has come in with before. What such a browser keeps lets nobody in: it is mailed a code however many
strangers asked for one."""

from datetime import timedelta

from portal.domain import sealing

LASTS = timedelta(days=400)  # browsers keep none longer
_PURPOSE = "browser of a member"


def mark(member_id: int) -> str:
    """What the browser keeps."""
    return f"{member_id}.{sealing.signature(_PURPOSE, str(member_id))}"


def member_of(kept: str) -> int | None:
    """Who has come in with the browser that keeps this; None for one that is not known."""
    number, _, signature = kept.partition(".")
    is_ours = number.isascii() and number.isdecimal() and sealing.is_signed(_PURPOSE, number, signature)
    return int(number) if is_ours else None
