"""Member offers as a club's pages draw them: with pictures that are here, and limits in plain words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from portal import clock
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import DAY, HOUR, INFORMATIONAL, MINUTE, MONTH, WEEK, YEAR
from portal.domain.pictures import album
from portal.domain.sentences import Sentence, counted, forms
from portal.member_offers.mobile import why
from portal.member_offers.mobile.scopes import KINDS, Kind

_TIMES = {
    MINUTE: forms("Once a minute", "{number} times a minute"),
    HOUR: forms("Once an hour", "{number} times an hour"),
    DAY: forms("Once a day", "{number} times a day"),
    WEEK: forms("Once a week", "{number} times a week"),
    MONTH: forms("Once a month", "{number} times a month"),
    YEAR: forms("Once a year", "{number} times a year"),
}


class Drawn(NamedTuple):
    """An offer, the keys of its pictures, why it cannot be used, and by key what is on the pictures."""

    case: Case
    pictures: list[str]
    obstacle: why.Obstacle | None
    alts: Mapping[str, str | None]

    @property
    def id(self) -> int:
        """Of the offer."""
        return self.case.row.offer_id

    @property
    def kind(self) -> Kind:
        """What it is called, by its scope."""
        return KINDS[self.case.row.scope]

    @property
    def is_to_be_read(self) -> bool:
        """Whether nobody uses it."""
        return self.case.row.scope == INFORMATIONAL

    @property
    def is_liked(self) -> bool:
        """Whether the member likes it."""
        return self.case.row.liked_at is not None

    @property
    def ends(self):
        """When it can be used no more."""
        return self._moment(self.case.row.usable_until)

    @property
    def is_over(self) -> bool:
        """Whether it has ended for everybody."""
        return why.is_over(self.case)

    @property
    def is_early(self) -> bool:
        """Whether it has not begun."""
        return self.case.asking.now < (self.case.row.usable_since or 0)

    @property
    def begins(self):
        """When it can be used first."""
        return self._moment(self.case.row.usable_since)

    @property
    def active_until(self):
        """How long the last use is active; None when none is."""
        until = self.case.row.active_until
        return self._moment(until) if until is not None and until > self.case.asking.now else None

    def _moment(self, micros: int | None):
        return None if micros is None else clock.from_micros(micros)


def drawn(cases: Sequence[Case]) -> list[Drawn]:
    """The offers, with all of their pictures in one query."""
    urls = {case.row.terms_id: [image["url"] for image in json.loads(case.row.images)] for case in cases}
    partner_id = cases[0].asking.partner_id if cases else 0
    here = album.shown(partner_id, (url for of_one in urls.values() for url in of_one))
    keys, alts = {one.url: one.key for one in here}, {one.key: one.alt for one in here}
    return [
        Drawn(case, [keys[url] for url in urls[case.row.terms_id] if url in keys], why.not_usable(case), alts)
        for case in cases
    ]


def limits(case: Case) -> Iterable[Sentence]:
    """How often it may be used."""
    row = case.row
    if row.member_limit is not None:
        yield counted(row.member_limit, "Once for each member", "{number} times for each member")
    if row.period is not None and row.period_limit is not None:
        yield counted(row.period_limit, *_TIMES[row.period])
    if row.global_limit is not None:
        yield counted(row.global_limit, "Once for all members together", "{number} times for all members together")
    left = [one for one in (case.uses_left, case.period_left) if one is not None]
    least = min(left, default=0)
    if least and not case.asking.is_banned and not why.is_over(case):
        yield counted(least, "1 use is left for you", "{number} uses are left for you")


def texts(kept: str | None) -> dict[str, Any]:
    """Texts as they are kept."""
    return json.loads(kept) if kept else {}


def listed(kept: str) -> list[str]:
    """Names as they are kept."""
    return json.loads(kept)
