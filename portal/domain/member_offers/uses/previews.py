"""What a guest or a member would have of an offer at a moment to come, and why: each check in order. Nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from portal import clock
from portal.domain import codes
from portal.domain.errors import Invalid
from portal.domain.member_offers import asking
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses import checks
from portal.domain.member_offers.uses.cases import Case
from portal.domain.sentences import say
from portal.domain.steps import Steps

EARLIEST, LATEST = timedelta(minutes=1), timedelta(days=3653)  # from now: a minute that is typed has begun
SEEN, SIGNED_IN, BAN = say("seen"), say("signed in"), say("ban")


@contextmanager
def asking_at(partner_id: int, member_id: int | None, moment: datetime | None) -> Iterator[Asking]:
    """Who would ask at the moment, or now: within the block the clock stands there, for segments have rules of their own. Raises
    Invalid for a moment that has passed, whose offers and uses are not kept, or is over ten years away."""
    now = clock.micros()
    wanted = now if moment is None else clock.to_micros(moment)
    if not now - EARLIEST // clock.MICROSECOND < wanted <= now + LATEST // clock.MICROSECOND:
        raise Invalid(
            "at",
            say("Choose a moment that is to come, within ten years: how it was is not kept."),
            code=codes.OUT_OF_RANGE,
        )
    with clock.acting((wanted - clock.wall_micros()) // 1_000_000):
        yield asking.at(partner_id, member_id)._replace(now=wanted)


def steps(case: Case, terms: MemberTerms) -> list[dict]:
    """Each check in order, from whether the offer is seen: passed, failed with the nearest fix, or not reached. A code of the
    counter that is needed is taken as given."""
    first = Steps(SEEN, SIGNED_IN, BAN)
    for name, hindrance in ((SEEN, _unseen(case, terms)), (SIGNED_IN, _guest(case)), (BAN, _banned(case))):
        if hindrance is not None:
            first.failed(name, *hindrance)
            return [*first.as_list(), *Steps(*(check.name for check in checks.CHECKS)).as_list()]
        first.passed(name)
    return [*first.as_list(), *checks.steps(case._replace(code_fits=True))]


def _unseen(case: Case, terms: MemberTerms) -> tuple[str, str] | None:
    if not terms.is_shown:
        return say("The offer is hidden from members."), say("Show it to members.")
    if not terms.offer.is_active:
        return say("The offer itself is inactive."), say("Make it active in its catalog.")
    if terms.audience is not None and terms.audience_id not in case.asking.segments:
        told = say("The offer is for the segment “{name}” alone.", name=terms.audience.name)
        return told, say("Put the customer into the segment, or let everybody see the offer.")
    return None


def _guest(case: Case) -> tuple[str, str] | None:
    if case.asking.member_id is not None:
        return None
    return say("Guests read offers, and use none."), say("Sign in as a member.")


def _banned(case: Case) -> tuple[str, str] | None:
    if told := checks.why_banned(case):
        return told, say("Lift the ban on the customer’s page.")
    return None
