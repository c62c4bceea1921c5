"""Removing what is kept for a while only: kept answers, ended sign-ins, used links, old invitations."""

from datetime import timedelta

from portal import clock
from portal.database import transaction
from portal.domain.accounts.sign_ins.tables import HalfSignIn
from portal.domain.accounts.tables import IdempotencyRecord, PasswordReset, SignIn
from portal.domain.accounts.team.tables import Invitation

ANSWERS_LAST = timedelta(hours=24)
# The last sign-in says which partner a person acted for, so a holiday must not forget it.
_SIGN_INS_LAST = timedelta(days=90)
_HALF_SIGN_INS_LAST = timedelta(days=1)
_RESETS_LAST = timedelta(days=7)
_INVITATIONS_LAST = timedelta(days=90)

_LASTING = (
    (IdempotencyRecord.created_at, ANSWERS_LAST),
    (SignIn.expires_at, _SIGN_INS_LAST),
    (HalfSignIn.expires_at, _HALF_SIGN_INS_LAST),
    (PasswordReset.expires_at, _RESETS_LAST),
    (Invitation.expires_at, _INVITATIONS_LAST),
)


def forget_old(most: int = 500) -> int:
    """Remove what has ended: kept answers and half sign-ins after a day, reset links after 7, sign-ins and invitations after 90.

    At most so many of each at once, so that nobody waits long for them; how many. The worker repeats it until 0.
    """
    return sum(_forget(moment, lasts, most) for moment, lasts in _LASTING)


def _forget(moment, lasts: timedelta, most: int) -> int:
    table = moment.model
    ended = table.select(table.id).where(moment <= clock.now() - lasts).limit(most)
    with transaction():
        return table.delete().where(table.id.in_(ended)).execute()
