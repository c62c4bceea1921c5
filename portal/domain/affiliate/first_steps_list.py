"""The list of first steps can be put away before it is done, and brought back; the latest event tells which."""

from portal.database import Statement, transaction
from portal.domain.events import log

_LATEST = Statement(
    "SELECT type FROM event WHERE partner_id = ? AND thing = 'first_steps' AND thing_id = ? ORDER BY id DESC LIMIT 1"
)
_PUT_AWAY = "first_steps.put_away"


def is_put_away(partner_id: int) -> bool:
    """Whether somebody of the partner's wanted it out of the way."""
    row = _LATEST.row(partner_id, str(partner_id))
    return row is not None and row[0] == _PUT_AWAY


def put_away(partner_id: int) -> None:
    """Take it from the partner's start page."""
    _record(partner_id, _PUT_AWAY)


def bring_back(partner_id: int) -> None:
    """Show it again."""
    _record(partner_id, "first_steps.brought_back")


def _record(partner_id: int, fact: str) -> None:
    with transaction():
        log.record(partner_id, fact, "first_steps", partner_id)
