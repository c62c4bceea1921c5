"""From being seen to being used, drawn for an offer and for a collection: how many went on at each step, for a range of days."""

from typing import NamedTuple

from flask import g

from portal.domain.member_offers.counts import course
from portal.domain.member_offers.counts.course import Course
from portal.domain.sentences import Sentence, say
from portal.web import charts, date_ranges
from portal.web.addresses import with_arguments
from portal.web.charts import Figure

_RANGES, _USUAL = ("", "7-days", "30-days", "90-days"), "30-days"


class Range(NamedTuple):
    """A choice of days."""

    label: str
    url: str
    is_chosen: bool


class Drawn(NamedTuple):
    """The chart, what it says in words, and the ranges to choose from."""

    figure: Figure
    said: list[Sentence]
    ranges: list[Range]


def of_offer(terms_id: int) -> Drawn:
    """Of an offer."""
    dates = date_ranges.asked(_USUAL)
    return _drawn(course.of_offer(terms_id, g.partner.time_zone, dates.first, dates.last), dates.word)


def of_collection(collection_id: int) -> Drawn:
    """Of the offers of a collection."""
    dates = date_ranges.asked(_USUAL)
    return _drawn(course.of_collection(collection_id, g.partner.time_zone, dates.first, dates.last), dates.word)


def _drawn(found: Course, chosen: str) -> Drawn:
    steps = [(say("Seen"), found.seen), (say("Opened"), found.clicked), (say("Used"), found.used)]
    ranges = [Range(date_ranges.CHOICES[word], f"{_address(word)}#course", word == chosen) for word in _RANGES]
    return Drawn(charts.funnel(say("From seen to used"), steps), list(_said(found)), ranges)


def _address(word: str) -> str:
    """Any time is asked for by a word that is empty: without one it is the usual range."""
    if word:
        return with_arguments(dates=word)
    others = with_arguments(dates=None)
    return f"{others}{'&' if '?' in others else '?'}dates="


def _said(found: Course):
    """The shares between the steps. Apps of the club's may tell of uses, and not of what was opened before."""
    if found.seen and found.clicked <= found.seen:
        yield say("Of 100 looks, {count} led to the offer’s page.", count=round(100 * found.clicked / found.seen))
    if found.clicked and found.used <= found.clicked:
        yield say("Of 100 visits of its page, {count} led to a use.", count=round(100 * found.used / found.clicked))
