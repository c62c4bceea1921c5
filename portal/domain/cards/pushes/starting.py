"""What the worker does of pushes that are due: it begins them, and fixes who gets them, a piece at a time."""

from datetime import timedelta

from portal import clock
from portal.database import Statement
from portal.domain.cards.companies import limits
from portal.domain.cards.pushes import audience, ending, quiet, words
from portal.domain.cards.pushes.ahead import Ahead
from portal.domain.cards.pushes.tables import Push
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.sentences import say
from portal.domain.turns import Pieces

_PIECES = Pieces("push", timedelta(minutes=1))
_SOON = timedelta(seconds=61)  # The worker looks once a minute by itself.
_IS_ANY_SOON = Statement("SELECT 1 FROM push WHERE due_at IS NOT NULL AND due_at <= :soon LIMIT 1")
_AHEAD = Ahead("push")


def work_due() -> bool:
    """Begin the push whose turn it is, or fix some of its recipients; whether there was one. Repeated until there is none."""
    return _PIECES.work(_work) or _AHEAD.pull()


def is_any_soon() -> bool:
    """Whether one becomes due before the worker looks by itself."""
    return _IS_ANY_SOON.value(soon=clock.wall_micros() + _SOON // clock.MICROSECOND) is not None


def _work(push_id: int) -> None:
    push = Push.get_by_id(push_id)
    if push.state == words.SCHEDULED and not _begin(push):
        return
    last = audience.last_looked_at(push)
    if last is None:
        _keep(push, fixed_to=None, due_at=None)
        return ending.finish(push.id)
    now = clock.wall_micros()
    _keep(push, recipients=push.recipients + audience.fix(push, last, now), fixed_to=last, due_at=now)


def _begin(push: Push) -> bool:
    """Whether it begins now: not in quiet hours that it keeps, and never where the tariff forbids it since, or its segment is gone."""
    try:
        limits.refuse_expired(push.partner_id)
        limits.refuse_without(push.partner_id, "push")
    except DomainError as error:
        return _fail(push, error.sentence)
    if push.audience == words.SEGMENT and push.segment_id is None:
        return _fail(push, say("The segment that it was for was removed."))
    until = quiet.until(push.partner_id) if push.keeps_quiet else None
    if until is not None:
        _keep(push, due_at=until)
        return False
    push.began_at, push.fixed_to = clock.now(), 0
    _keep(push, state=words.SENDING, began_at=push.began_at, fixed_to=0)
    log.record(push.partner_id, "push.began", "push", push.uuid)
    return True


def _fail(push: Push, why: str) -> bool:
    _keep(push, state=words.FAILED, due_at=None, ended_at=clock.now())
    log.record(push.partner_id, "push.failed", "push", push.uuid, {"why": str(why)})
    return False


def _keep(push: Push, **values) -> None:
    Push.update(lease_ends=None, **values).where(Push.id == push.id).execute()
