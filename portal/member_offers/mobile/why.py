"""Why a member cannot use an offer, as the member reads it; which check fails is the domain's to say (uses/checks.py)."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import g

from portal import clock
from portal.domain.member_offers.uses import checks
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import BIRTHDAY, DAY, HOUR, MINUTE, MONTH, WEEK, YEAR
from portal.domain.sentences import say
from portal.web import formats

_AGAIN = {
    MINUTE: say("Come back in the next minute."),
    HOUR: say("Come back in the next hour."),
    DAY: say("Come back tomorrow."),
    WEEK: say("Come back next week."),
    MONTH: say("Come back next month."),
    YEAR: say("Come back next year."),
}
_ANOTHER = say("Choose another offer.")
_THEN = say("Come back then.")


class Obstacle(NamedTuple):
    """What is in the way of a use, and what the member can do about it."""

    reason: str
    fix: str


def not_usable(case: Case) -> Obstacle | None:
    """What is in the way; None for a guest, who is asked to sign in, and where nothing is. A code of the counter is asked for
    when the offer is used."""
    if case.asking.member_id is None:
        return None
    until = case.asking.banned_until
    if case.asking.is_banned and until is not None:
        return banned(case, clock.from_micros(until))
    if is_over(case):
        return _over(case)
    failing = checks.failed(case._replace(code_fits=True))
    return failing and _WORDS[failing.word(case)](case)


def banned(case: Case, until: datetime) -> Obstacle:
    """That the member is banned until then."""
    told = say("You can use no offers until {moment}.", moment=formats.date_time(until, case.asking.time_zone))
    return Obstacle(told, say("Ask {club} about it.", club=g.club.club_called))


def is_over(case: Case) -> bool:
    """Whether the offer has ended; it is found by its address all the same. A use that is active is shown to its end."""
    until, now = case.row.usable_until, case.asking.now
    return until is not None and now >= until and now >= (case.row.active_until or 0)


def _over(case: Case) -> Obstacle:
    return Obstacle(say("It ended on {moment}.", moment=_moment(case, case.row.usable_until or 0)), _ANOTHER)


def _active(case: Case) -> Obstacle:
    return Obstacle(say("Your last use is still active."), say("Show it, or wait until it has ended."))


def _not_granted(case: Case) -> Obstacle:
    fix = say("Ask {club} for it.", club=g.club.club_called)
    if case.row.granted_at is None:
        return Obstacle(say("It is for members whom {club} gave it to.", club=g.club.club_called), fix)
    ended = _moment(case, case.row.granted_until or 0)
    return Obstacle(say("It was yours until {moment}.", moment=ended), fix)


def _used_up(case: Case) -> Obstacle:
    return Obstacle(say("You have used it as often as you can."), _ANOTHER)


def _used_up_for_now(case: Case) -> Obstacle:
    return Obstacle(say("You have used it as often as you can for now."), _AGAIN[case.row.period or DAY])


def _taken(case: Case) -> Obstacle:
    return Obstacle(say("Members have used all that there was of it."), _ANOTHER)


def _out_of_time(case: Case) -> Obstacle:
    row, asking = case.row, case.asking
    if row.usable_since is not None and asking.now < row.usable_since:
        return Obstacle(say("It can be used from {moment} on.", moment=_moment(case, row.usable_since)), _THEN)
    if row.type == BIRTHDAY:
        known = _THEN if asking.born else say("Give your date of birth under “My details”.")
        return Obstacle(say("It is for the seven days from your birthday on."), known)
    return Obstacle(say("It is for your first 30 days as a member."), _ANOTHER)


def _to_be_read(case: Case) -> Obstacle:
    return Obstacle(say("It is there to be read, not to be used."), _ANOTHER)


def _moment(case: Case, micros: int) -> str:
    return formats.date_time(clock.from_micros(micros), case.asking.time_zone)


_WORDS: dict[str, Callable[[Case], Obstacle]] = {
    checks.ALREADY_ACTIVE: _active,
    checks.NOT_GRANTED: _not_granted,
    checks.USER_LIMIT: _used_up,
    checks.PERIOD_LIMIT: _used_up_for_now,
    checks.GLOBAL_LIMIT: _taken,
    checks.NOT_IN_TIME: _out_of_time,
    checks.NOT_USABLE: _to_be_read,
}
