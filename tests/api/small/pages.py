"""Its page, for whoever holds a card."""


def shelf() -> str:
    """The only page."""
    return "The shelf"
