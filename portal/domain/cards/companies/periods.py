"""For how long a company gets its tariff: whole months of the calendar where the company is, the day kept, or a trial."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal.domain import months
from portal.domain.sentences import say

TRIAL = "trial"
TRIAL_DAYS = 14
MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "six_months": 6, "nine_months": 9, "year": 12}
PERIODS = {
    TRIAL: say("14 days, as a trial"),
    "month": say("A month"),
    "two_months": say("Two months"),
    "quarter": say("A quarter"),
    "six_months": say("Six months"),
    "nine_months": say("Nine months"),
    "year": say("A year"),
}

# What a period is paid by: the price of any of these; a trial costs nothing.
PAID_BY = {
    "month": ("month_price",), "two_months": ("month_price",), "quarter": ("quarter_price",),
    "six_months": ("quarter_price", "month_price"), "nine_months": ("quarter_price", "month_price"), "year": ("year_price",),
}  # fmt: skip


def end(period: str, since: datetime, time_zone: str) -> datetime:
    """When a period ends that begins at a moment: the same hour of the day, and the last day of a month that lacks it."""
    zone = ZoneInfo(time_zone)
    first = since.astimezone(zone).replace(tzinfo=None)
    last = first + timedelta(days=TRIAL_DAYS) if period == TRIAL else months.later(first, MONTHS[period])
    return last.replace(tzinfo=zone).astimezone(since.tzinfo)
