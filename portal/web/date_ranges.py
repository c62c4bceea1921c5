"""The range of days that a list is asked for: by a word that goes along with the days, or by days of one's own."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import g, request

from portal import clock
from portal.domain.sentences import say
from portal.web import formats
from portal.web.addresses import with_arguments
from portal.web.days import begins, day, ends, written

OWN = "own"
PARAMETERS = ("dates", "from", "to")
_LASTS = {"7-days": 7, "30-days": 30, "90-days": 90}
CHOICES = {
    "": say("Any time"),
    "today": say("Today"),
    "7-days": say("Last 7 days"),
    "30-days": say("Last 30 days"),
    "90-days": say("Last 90 days"),
    "this-month": say("This month"),
    "last-month": say("Last month"),
    OWN: say("Own days"),
}


class Dates(NamedTuple):
    """The days, each in it, and the word that they go by; None where the range is open."""

    word: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def since(self) -> datetime | None:
        """The first moment."""
        return begins(self.first)

    @property
    def until(self) -> datetime | None:
        """The first moment that is out."""
        return ends(self.last)

    @property
    def is_upside_down(self) -> bool:
        """Whether it ends before it begins, so that no day is in it."""
        return bool(self.first and self.last and self.first > self.last)

    @property
    def query(self) -> dict[str, str | None]:
        """It, as an address has it: days of one's own stay as they are, the others go along with the time."""
        if self.word and self.word != OWN:
            return {"dates": self.word, "from": None, "to": None}
        return {"dates": None, "from": written(self.first), "to": written(self.last)}

    # For the macro `filter_dates`.
    @property
    def choices(self) -> list[tuple[str, str]]:
        """The words to choose from."""
        return list(CHOICES.items())

    @property
    def from_(self) -> str | None:
        """The first day of one's own."""
        return self.query["from"]

    @property
    def to(self) -> str | None:
        """The last day of one's own."""
        return self.query["to"]

    def said(self) -> str | None:
        """It in words, its days with them; None for any time."""
        if not (self.first or self.last):
            return None
        days = _days(self.first, self.last)
        return say("{word} ({days})", word=CHOICES[self.word], days=days) if self.word not in ("", OWN) else days


def asked(usual: str = "") -> Dates:
    """What the address of this request asks for, the `usual` word where it asks for nothing. Days of one's own count where no other
    word was chosen."""
    word = request.args.get("dates")
    if word in CHOICES and word != OWN:
        return Dates(word, *_of(word, _today()))
    own = [day(request.args.get(name, "")) for name in ("from", "to")]
    if any(own) or word == OWN:
        return Dates(OWN, *own)
    return Dates(usual, *_of(usual, _today())) if usual else Dates()


def chips(dates: Dates) -> list[tuple[str, str]]:
    """The range in words, with the address of the list without it; nothing for any time."""
    said = dates.said()
    return [(said, with_arguments(**dict.fromkeys(PARAMETERS)))] if said else []


def _of(word: str, today: date) -> tuple[date | None, date | None]:
    if word in _LASTS:
        return today - timedelta(days=_LASTS[word] - 1), today
    if word == "today":
        return today, today
    month = today.replace(day=1)
    if word == "this-month":
        return month, today
    if word == "last-month":
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    return None, None


def _today() -> date:
    return clock.now().astimezone(ZoneInfo(g.partner.time_zone)).date()


def _days(first: date | None, last: date | None) -> str:
    told = [formats.date(begins(one), g.partner.time_zone) for one in (first, last)]
    if first and last:
        return " – ".join(dict.fromkeys(told))
    return say("from {day}", day=told[0]) if first else say("until {day}", day=told[1])
