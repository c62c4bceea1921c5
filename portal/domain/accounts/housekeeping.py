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

_ANSWERS = Statement("DELETE FROM idempotency_record WHERE created_at <= ?")
_SIGN_INS = Statement("DELETE FROM sign_in WHERE expires_at <= ?")
_HALF_SIGN_INS = Statement("DELETE FROM half_sign_in WHERE expires_at <= ?")
_RESETS = Statement("DELETE FROM password_reset WHERE expires_at <= ?")
_INVITATIONS = Statement("DELETE FROM invitation WHERE expires_at <= ?")
_LASTING = (
    (_ANSWERS, ANSWERS_LAST), (_SIGN_INS, _SIGN_INS_LAST), (_HALF_SIGN_INS, _HALF_SIGN_INS_LAST),
    (_RESETS, _RESETS_LAST), (_INVITATIONS, _INVITATIONS_LAST),
)  # fmt: skip


def forget_old() -> int:
    """Remove what has ended: kept answers and half sign-ins after a day, reset links after 7, sign-ins and invitations after 90."""
    return sum(_forget(statement, lasts) for statement, lasts in _LASTING)


def _forget(statement: Statement, lasts: timedelta) -> int:
    with transaction():
        return statement.run(clock.to_micros(clock.now() - lasts))
