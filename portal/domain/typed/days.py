"""Days as programs and browsers write them."""

import re
from datetime import date

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, BORN_FROM = 1970, 1900


def day(text: str, first_year: int = FIRST_YEAR) -> date | None:
    """A day as year-month-day, and no other of ISO's forms. None for anything else, and for a year before the first."""
    try:
        found = date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        return None
    return found if found and found.year >= first_year else None
