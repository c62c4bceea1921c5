"""The steps of a check as programs read them: moments in UTC; and of a member's own request what the member can do, not the
club's people."""

from portal.domain.member_offers.uses import checks
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import BIRTHDAY
from portal.domain.sentences import say
from portal.domain.steps import FAILED

_ANOTHER = say("Choose another offer.")
_FIXES = {
    checks.NOT_GRANTED: say("Ask the club for it."),
    checks.USER_LIMIT: _ANOTHER,
    checks.PERIOD_LIMIT: say("Wait for the next period."),
    checks.GLOBAL_LIMIT: _ANOTHER,
    checks.NOT_USABLE: _ANOTHER,
}


def steps(case: Case, to_member: bool) -> list[dict]:
    """Each step in order; `to_member` where it is the member who asks."""
    taken = checks.steps(case._replace(asking=case.asking._replace(time_zone=checks.OF_PROGRAMS)))
    fix = _fix(case) if to_member else None
    return [step | {"fix": fix} if fix and step["outcome"] == FAILED else step for step in taken]


def _fix(case: Case) -> str | None:
    failing = checks.failed(case)
    word = failing and failing.word(case)
    if word != checks.NOT_IN_TIME:
        return _FIXES.get(word or "")
    row, now = case.row, case.asking.now
    if row.usable_since is not None and now < row.usable_since:
        return None  # To wait is all that anybody can do.
    if row.type == BIRTHDAY and (row.usable_until is None or now < row.usable_until):
        return say("Wait for your birthday. If it has come, ask the club to enter your date of birth.")
    return _ANOTHER
