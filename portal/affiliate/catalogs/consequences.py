"""What a catalog's leaving the marketplace ends, in words, for the question before it."""

from portal.domain.affiliate.catalogs.lists import COUNTED_DEALS


def of_unpublishing(promoters: dict[str, int]) -> list[str]:
    """What promoters lose; `promoters` counts them by state."""
    approved = promoters.get("approved", 0)
    lost = ["Promoters can no longer sell any of its offers"]
    if approved:
        whose = "1 promoter, who is told" if approved == 1 else f"{approved} promoters, who are told"
        lost.append(f"The links and promo codes of {whose}: new clicks and deals no longer count for them")
    return lost


def of_archiving(is_published: bool, promoters: dict[str, int], running: int) -> list[str]:
    """What promoters lose, if it was theirs until now, and what becomes of applications and of deals on their way."""
    told = of_unpublishing(promoters) if is_published else ["It stays unpublished, and leaves your lists"]
    waiting = promoters.get("waiting", 0)
    if waiting:
        told.append(f"{_count(waiting, 'application is', 'applications are')} no longer shown among those that wait")
    if running:
        many = "Over 1,000 deals are" if running > COUNTED_DEALS else _count(running, "deal is", "deals are")
        told.append(f"{many} still on the way: they keep their terms, and are approved and paid as before")
    return told


def _count(number: int, one: str, several: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {several}"
