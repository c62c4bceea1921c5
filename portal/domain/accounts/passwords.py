"""Passwords: Argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.domain.values import Wrong, checked

SHORTEST, LONGEST = 10, 200
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified when the mail is unknown, so that the time taken tells nothing.
_NOBODY = _hasher.hash("nobody has this password")


def acceptable(password) -> str:
    """The check of a password that somebody chooses."""
    if not isinstance(password, str) or not SHORTEST <= len(password) <= LONGEST:
        raise Wrong(f"Choose a password of {SHORTEST} to {LONGEST} characters.")
    return password


def hashed(password: str) -> str:
    """What is stored. Raises Invalid when the password is too short or too long."""
    checked({"password": password}, {"password": acceptable})
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long when there is nobody."""
    try:
        return _hasher.verify(stored or _NOBODY, password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
