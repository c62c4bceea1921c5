"""Whether an offer can be used now, step by step. The first that fails decides which of the documented words is answered
(contract: member-offers, "Errors")."""

from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import BIRTHDAY, EXCLUSIVE, INFORMATIONAL, WELCOME
from portal.domain.sentences import counted, say
from portal.domain.steps import Steps

ALREADY_ACTIVE, NOT_GRANTED = "Already active", "Not granted"
TOKEN_MISSING, TOKEN_INVALID = "Usage authorization token missing", "Usage authorization token invalid"
USER_LIMIT, PERIOD_LIMIT, GLOBAL_LIMIT = (
    "User limit exceeded", "Periodic user limit exceeded", "Global limit exceeded",
)  # fmt: skip
NOT_IN_TIME, NOT_USABLE = "Not in usable timeframes", "Not usable"
AUTHORIZATION = "authorization"
OF_PROGRAMS = "programs"  # instead of a time zone: moments as programs read them


class Check(NamedTuple):
    """A step: its name, whether it fails, the documented word for it, and why, with the nearest fix."""

    name: str
    fails: Callable[[Case], bool]
    word: Callable[[Case], str]
    why: Callable[[Case], tuple[str, str]]


def is_usable(case: Case) -> bool:
    """Whether a use now succeeds, if nobody else uses the offer meanwhile and a code that it may need is right."""
    if case.asking.member_id is None or case.asking.is_banned:
        return False
    return not any(fails(case) for fails in _BUT_A_CODE)  # Asked of each offer of a list.


def why_banned(case: Case) -> str | None:
    """That the customer is banned, and until when, for whoever serves them; None for one who is not."""
    until = case.asking.banned_until
    if not case.asking.is_banned or until is None:
        return None
    return say("The customer is banned from offers until {until}.", until=local(case, until))


def failed(case: Case) -> Check | None:
    """The first step that fails."""
    return next((check for check in CHECKS if check.fails(case)), None)


def steps(case: Case) -> list[dict]:
    """Every step in order: those before the first that fails have passed, those after it are not reached."""
    taken = Steps(*(check.name for check in CHECKS))
    for check in CHECKS:
        if check.fails(case):
            taken.failed(check.name, *check.why(case))
            break
        taken.passed(check.name)
    return taken.as_list()


def _is_active(case: Case) -> bool:
    """One that was active for no time never is, for whoever asked before it and waited for it, too."""
    until = case.row.active_until
    return until is not None and until > max(case.asking.now, case.row.last_used_at or 0)


def _why_active(case: Case) -> tuple[str, str]:
    until = local(case, case.row.active_until or 0)
    return say("The last use is active until {until}.", until=until), say("Show that one, or wait until it ends.")


def _lacks_grant(case: Case) -> bool:
    return case.row.type == EXCLUSIVE and not case.is_granted


def _why_not_granted(case: Case) -> tuple[str, str]:
    if case.row.granted_at is None:
        return say("The offer is for members to whom it was granted."), say("Grant it to the member.")
    return say("The grant ended at {until}.", until=local(case, case.row.granted_until or 0)), say("Grant it again.")


def _lacks_code(case: Case) -> bool:
    return case.row.needs_authorization and not case.code_fits


def _word_of_code(case: Case) -> str:
    return TOKEN_MISSING if case.code_fits is None else TOKEN_INVALID


def _why_no_code(case: Case) -> tuple[str, str]:
    ask = say(
        "Ask at the counter for a code: it is six digits, for this member and this offer, and works once within ten minutes."
    )
    if case.code_fits is None:
        return say("The offer is used with a code of the counter."), ask
    return say("The code is another member’s, another offer’s, too old, used, or none."), ask


def _is_member_used_up(case: Case) -> bool:
    return case.row.member_limit is not None and (case.row.uses or 0) >= case.row.member_limit


def _why_member_limit(case: Case) -> tuple[str, str]:
    most = case.row.member_limit or 0
    told = counted(most, "The 1 use that a member has is made.", "The {number} uses that a member has are all made.")
    return told, say("Raise the limit of a member.")


def _is_period_used_up(case: Case) -> bool:
    return case.row.period_limit is not None and case.period_uses >= case.row.period_limit


def _why_period_limit(case: Case) -> tuple[str, str]:
    most = case.row.period_limit or 0
    told = counted(most, "The 1 use of the period is made.", "The {number} uses of the period are all made.")
    return told, say("Wait for the next period, or raise its limit.")


def _is_used_up(case: Case) -> bool:
    return case.row.global_limit is not None and case.row.global_uses >= case.row.global_limit


def _why_global_limit(case: Case) -> tuple[str, str]:
    most = case.row.global_limit or 0
    told = counted(
        most, "The 1 use of all members together is made.", "The {number} uses of all members together are made."
    )
    return told, say("Raise the limit of all members.")


def _is_out_of_time(case: Case) -> bool:
    row, asking = case.row, case.asking
    if row.usable_since is not None and asking.now < row.usable_since:
        return True
    if row.usable_until is not None and asking.now >= row.usable_until:
        return True
    return (row.type == BIRTHDAY and not asking.is_birthday_week) or (row.type == WELCOME and not asking.is_new)


def _why_out_of_time(case: Case) -> tuple[str, str]:
    row, now = case.row, case.asking.now
    if row.usable_since is not None and now < row.usable_since:
        return say("The offer can be used from {since} on.", since=local(case, row.usable_since)), say(
            "Wait until then."
        )
    if row.usable_until is not None and now >= row.usable_until:
        told = say("The offer could be used until {until}.", until=local(case, row.usable_until))
        return told, say("Let the offer end later.")
    if row.type == BIRTHDAY:
        told = say("The offer is for the seven days from the member’s birthday on.")
        return told, say("Wait for the birthday, or enter the member’s date of birth.")
    return say("The offer is for the first 30 days of a member."), say("Choose an offer for every member.")


def _is_to_be_read(case: Case) -> bool:
    return case.row.scope == INFORMATIONAL


def _why_to_be_read(case: Case) -> tuple[str, str]:
    return say("The offer is there to be read."), say("Give it another scope.")


def local(case: Case, moment: int) -> str:
    """A moment, microseconds, by the club's clocks."""
    if case.asking.time_zone == OF_PROGRAMS:
        return f"{clock.from_micros(moment).isoformat(timespec='milliseconds')[:23]}Z"
    return f"{clock.from_micros(moment).astimezone(ZoneInfo(case.asking.time_zone)):%Y-%m-%d %H:%M:%S}"


def _always(word: str) -> Callable[[Case], str]:
    return lambda case: word


CHECKS = (
    Check(say("active"), _is_active, _always(ALREADY_ACTIVE), _why_active),
    Check(say("grant"), _lacks_grant, _always(NOT_GRANTED), _why_not_granted),
    Check(AUTHORIZATION, _lacks_code, _word_of_code, _why_no_code),
    Check(say("member limit"), _is_member_used_up, _always(USER_LIMIT), _why_member_limit),
    Check(say("period limit"), _is_period_used_up, _always(PERIOD_LIMIT), _why_period_limit),
    Check(say("limit of all"), _is_used_up, _always(GLOBAL_LIMIT), _why_global_limit),
    Check(say("time"), _is_out_of_time, _always(NOT_IN_TIME), _why_out_of_time),
    Check(say("scope"), _is_to_be_read, _always(NOT_USABLE), _why_to_be_read),
)
_BUT_A_CODE = tuple(check.fails for check in CHECKS if check.name != AUTHORIZATION)
