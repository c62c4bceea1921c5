"""How reliable a catalog is: the share of its ended deals that were approved."""


def rate(approved: int, canceled: int) -> float | None:
    """The percentage of ended deals that were approved; None until one has ended."""
    ended = approved + canceled
    return approved * 100 / ended if ended else None
