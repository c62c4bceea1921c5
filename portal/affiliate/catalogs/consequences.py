"""What a catalog's leaving the marketplace ends, in words, for the question before it."""

from portal.domain.affiliate.catalogs.lists import COUNTED_DEALS
from portal.domain.sentences import counted, say


def of_unpublishing(promoters: dict[str, int]) -> list[str]:
    """What promoters lose; `promoters` counts them by state."""
    approved = promoters.get("approved", 0)
    lost: list[str] = [say("Promoters can no longer sell any of its offers")]
    return [*lost, _links(approved)] if approved else lost


def of_archiving(is_published: bool, promoters: dict[str, int], running: int) -> list[str]:
    """What promoters lose, if it was theirs until now, and what becomes of applications and of deals on their way."""
    stays: list[str] = [say("It stays unpublished, and leaves your lists")]
    told = of_unpublishing(promoters) if is_published else stays
    waiting = promoters.get("waiting", 0)
    if waiting:
        told.append(_applications(waiting))
    if running:
        told.append(_deals(running))
    return told


def _links(approved: int) -> str:
    return counted(
        approved,
        "The links and promo codes of 1 promoter, who is told: new clicks and deals no longer count for them",
        "The links and promo codes of {number} promoters, who are told: new clicks and deals no longer count for them",
    )


def _applications(waiting: int) -> str:
    return counted(
        waiting,
        "1 application is no longer shown among those that wait",
        "{number} applications are no longer shown among those that wait",
    )


def _deals(running: int) -> str:
    """More than so many are not counted."""
    if running > COUNTED_DEALS:
        return say("Over 1,000 deals are still on the way: they keep their terms, and are approved and paid as before")
    return counted(
        running,
        "1 deal is still on the way: it keeps its terms, and is approved and paid as before",
        "{number} deals are still on the way: they keep their terms, and are approved and paid as before",
    )
