"""Removing what is kept for a while only: kept answers, ended sign-ins, used links, old invitations."""

from datetime import timedelta

from portal import clock
from portal.database import Statement, transaction

ANSWERS_LAST = timedelta(hours=24)
# The last sign-in says which partner a person acted for, so a holiday must not forget it.
_SIGN_INS_LAST = timedelta(days=90)
_HALF_SIGN_INS_LAST = timedelta(days=1)
_RESETS_LAST = timedelta(days=7)
_INVITATIONS_LAST = timedelta(days=90)

_LASTING = (
    ("idempotency_record", "created_at", ANSWERS_LAST),
    ("sign_in", "expires_at", _SIGN_INS_LAST),
    ("half_sign_in", "expires_at", _HALF_SIGN_INS_LAST),
    ("password_reset", "expires_at", _RESETS_LAST),
    ("invitation", "expires_at", _INVITATIONS_LAST),
)
_FORGET = {
    table: (Statement(f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {moment} <= ? LIMIT ?)"), lasts)
    for table, moment, lasts in _LASTING
}


def forget_old(most: int = 500) -> int:
    """Remove what has ended: kept answers and half sign-ins after a day, reset links after 7, sign-ins and invitations after 90.

    At most so many of each at once, so that nobody waits long for them; how many. The worker repeats it until 0.
    """
    return sum(_forget(statement, lasts, most) for statement, lasts in _FORGET.values())


def _forget(statement: Statement, lasts: timedelta, most: int) -> int:
    with transaction():
        return statement.run(clock.to_micros(clock.now() - lasts), most)
