"""Whether a mail address is the person's own: it is, once they followed a link that was mailed to it, or the operator says so."""

from portal import clock
from portal.database import Statement
from portal.domain.accounts.tables import User
from portal.domain.errors import Refused
from portal.domain.sentences import say

_UNPROVED = Statement("SELECT id FROM person WHERE id = :user AND proved_at IS NULL")


def is_proved(user_id: int) -> bool:
    """Whether the address is known to be theirs."""
    return _UNPROVED.value(user=user_id) is None


def refuse_unproved(user_id: int) -> None:
    """Raises Refused until the address is proved: whoever only claims it writes to nobody and speaks for nobody."""
    if not is_proved(user_id):
        raise Refused(
            say(
                "Your mail address is not proved yet. Open the link in the mail that you got when you signed up, or "
                "have it sent again."
            )
        )


def prove(user_id: int) -> bool:
    """In the running transaction: the address is theirs from now on; whether this call proved it."""
    unproved = (User.id == user_id) & User.proved_at.is_null()
    return bool(User.update(proved_at=clock.now()).where(unproved).execute())
