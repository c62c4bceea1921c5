"""What a password has proved holds until the write that it allows, or the write is refused.

Whoever is asked is signed in already, or sits at the browser of somebody who is: guesses are counted by sign-in.
"""

from contextvars import ContextVar

from portal.database import Statement
from portal.domain.accounts.sign_ins import guesses, passwords
from portal.domain.accounts.tables import User
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import joined, say

_PROVEN = Statement(
    "SELECT id FROM person WHERE id = :user AND password_hash = :password_hash AND disabled_at IS NULL",
    lock="FOR UPDATE",
)


_YOUR_PASSWORD = say("your password")
MOST, MOST_A_DAY = 10, 100  # wrong passwords at once or in ten minutes, and in a day
_sign_in: ContextVar[int] = ContextVar("sign_in", default=0)


def asked_in(sign_in_id: int) -> None:
    """Name the sign-in that proofs of this request are given in."""
    _sign_in.set(sign_in_id)


def by_password(
    user_id: int, password: str, field: str = "password", called: str = _YOUR_PASSWORD, why: str = ""
) -> User:
    """The person, who has given the password once more. Raises Invalid when it is another one, TooMany when they guess.

    `called` and `why` say which one is asked for, and what for. Not inside a transaction.
    """
    if not password:
        raise Invalid(field, _with(say("Give {called}.", called=called), why))
    user, caller = User.get_by_id(user_id), _caller(user_id)
    of_a_day = guesses.Counter("proof by day", caller, MOST_A_DAY, 86_400)
    with guesses.counted(guesses.Counter("proof", caller, MOST, 600), of_a_day):
        if not passwords.matches(user.password_hash, password):
            raise Invalid(field, _with(say("This is not {called}.", called=called), why))
    return user


def _with(sentence: str, why: str) -> str:
    return joined([sentence, why]) if why else sentence


def codes_of(user_id: int) -> guesses.Counter:
    """Guesses at the code of an app beside the password: one an hour once there were ten, for there are a million codes only."""
    return guesses.Counter("proof by code", _caller(user_id), MOST, MOST * 3600)


def refuse_changed(user: User) -> None:
    """In a transaction: from here on a new password, or the operator, ends what is begun for the person.

    Raises Refused when that happened since they were proven: whoever knows the old password must neither come in just after
    every sign-in was ended, nor undo what ended them.
    """
    if _PROVEN.value(user=user.id, password_hash=user.password_hash) is None:
        raise Refused(say("The password was changed a moment ago. Sign in with the new one."))


def _caller(user_id: int) -> str:
    return f"{user_id} {_sign_in.get()}"
