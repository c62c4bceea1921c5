"""Months of the calendar, however long they are."""

from calendar import monthrange
from datetime import datetime


def later(first: datetime, months: int) -> datetime:
    """The same day and hour so many months later, and the last day of a month that lacks it: 31 Jan, 28 Feb, 31 Mar."""
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    return first.replace(year=year, month=month, day=min(first.day, monthrange(year, month)[1]))
