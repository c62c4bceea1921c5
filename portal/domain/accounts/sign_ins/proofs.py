"""What a password has proved holds until the write that it allows, or the write is refused."""

from portal.database import Statement
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import User
from portal.domain.errors import Invalid, Refused

_PROVEN = Statement(
    "SELECT id FROM person WHERE id = :user AND password_hash = :password_hash AND disabled_at IS NULL",
    lock="FOR UPDATE",
)


def by_password(
    user_id: int, password: str, field: str = "password", sentence: str = "This is not your password."
) -> User:
    """The person, who has given the password once more. Raises Invalid when it is another one."""
    user = User.get_by_id(user_id)
    if not passwords.matches(user.password_hash, password):
        raise Invalid(field, sentence)
    return user


def refuse_changed(user: User) -> None:
    """In a transaction: from here on a new password, or the operator, ends what is begun for the person.

    Raises Refused when that happened since they were proven: whoever knows the old password must neither come in just after
    every sign-in was ended, nor undo what ended them.
    """
    if _PROVEN.value(user=user.id, password_hash=user.password_hash) is None:
        raise Refused("The password was changed a moment ago. Sign in with the new one.")
