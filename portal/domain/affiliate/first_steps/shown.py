"""The list of first steps can be put away before it is done, and brought back; the latest event tells which.

Once it is done, it tells what comes next until two weeks from the first deal have passed, unless it is put away.
"""

from portal import clock
from portal.database import Statement, transaction
from portal.domain.events import log

_LATEST = Statement(
    """SELECT type FROM event WHERE partner_id = :partner AND thing = 'first_steps' AND thing_id = :thing
    ORDER BY id DESC LIMIT 1"""
)
_TELLS_FOR = 14 * 86_400 * 1_000_000
_PUT_AWAY = "first_steps.put_away"


def is_put_away(partner_id: int) -> bool:
    """Whether somebody of the partner's wanted it out of the way."""
    return _LATEST.value(partner=partner_id, thing=str(partner_id)) == _PUT_AWAY


def tells_what_is_next(partner_id: int, first_deal: int | None) -> bool:
    """Whether the partner, whose first steps are done, had its first deal lately (its microseconds) or not yet, and still
    wants to read on."""
    return (first_deal is None or clock.micros() - first_deal < _TELLS_FOR) and not is_put_away(partner_id)


def put_away(partner_id: int) -> None:
    """Take it from the partner's start page."""
    _record(partner_id, _PUT_AWAY)


def bring_back(partner_id: int) -> None:
    """Show it again."""
    _record(partner_id, "first_steps.brought_back")


def _record(partner_id: int, fact: str) -> None:
    with transaction():
        log.record(partner_id, fact, "first_steps", partner_id)
