"""What pages about promoters say that depends on the promotion: whole sentences with named parameters."""

from portal.web.plurals import counted


def approved(count: int) -> str:
    """How many applicants were approved at once."""
    return counted(count, "1 promoter is approved.", "{number} promoters are approved.")


def lost(running: int) -> list[str]:
    """What ending takes from a promoter with so many running codes."""
    codes = counted(
        running,
        "1 promo code: orders with one are no longer the promoter’s",
        "{number} promo codes: orders with one are no longer the promoter’s",
    )
    return [
        "Its links lead nowhere at once, and clicks on them are no longer counted",
        *([codes] if running else []),
        "New orders, those of people who followed its links before among them, are nobody’s",
    ]
