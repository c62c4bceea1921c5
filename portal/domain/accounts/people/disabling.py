"""Keeping a person out: their sign-ins end at once, and they cannot come back until they are let in again."""

from portal import clock
from portal.database import transaction
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import notices as security_notices
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import User
from portal.domain.errors import Refused
from portal.domain.sentences import say


def disable(user: User) -> bool:
    """Sign the person out everywhere and keep them out; whether this call did it. Raises Refused for an operator."""
    if user.is_operator:
        raise Refused(say("An operator cannot be disabled here: nobody might be left to let them in again."))
    with transaction():
        enabled = (User.id == user.id) & User.disabled_at.is_null()
        done = bool(User.update(disabled_at=clock.now()).where(enabled).execute())
        sign_ins.end_all(user.id)
        people.spend_reset_links(user.id)
        if done:
            security_notices.note(user, "person.disabled")
    return done


def enable(user: User) -> bool:
    """Let the person sign in again; whether this call did it."""
    with transaction():
        disabled = (User.id == user.id) & User.disabled_at.is_null(False)
        done = bool(User.update(disabled_at=None).where(disabled).execute())
        if done:
            security_notices.note(user, "person.enabled")
    return done
