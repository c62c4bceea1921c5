"""Passwords: Argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.domain.values import Wrong, checked

SHORTEST, LONGEST = 10, 200
_LETTERS = 4  # fewer different ones, and it is aaaaaaaaaa or 1212121212
# What people choose most where ten characters are asked for: guessed first, within the few tries that are allowed.
_COMMON = frozenset(
    """0123456789 1029384756 1111111111 1122334455 1234512345 12345678910 123456789a 123456789q 123456789abc 1234567890
    12345678900 123456abcdef 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 5555555555 9876543210 0987654321 abc1234567 abcd123456
    abcdefghij administrator asdfghjkl1 asdfghjkl; basketball charlie123 chocolate1 football123 iloveyou12 iloveyou123
    iloveyou1234 letmein123 liverpool1 manchester master1234 michael123 mynameis12 password00 password01 password1!
    password10 password11 password12 password123 password1234 password12345 passwordpassword princess123 q1w2e3r4t5
    q1w2e3r4t5y6 qazwsxedcr qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyuiop qwertyuiop123 qwertzuiop
    sunshine12 superman123 test123456 testtest123 trustno1trustno1 welcome123 welcome1234 zaq12wsxcde zxcvbnm123
    correcthorsebatterystaple partnerportal""".split()
)
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified when the mail is unknown, so that the time taken tells nothing.
_NOBODY = _hasher.hash("nobody has this password")


def acceptable(password) -> str:
    """The check of a password that somebody chooses."""
    if not isinstance(password, str) or not SHORTEST <= len(password) <= LONGEST:
        raise Wrong(f"Choose a password of {SHORTEST} to {LONGEST} characters.")
    if password.lower() in _COMMON or len(set(password)) < _LETTERS:
        raise Wrong("This password is among the first that are guessed. Choose another; a few words in a row are good.")
    return password


def hashed(password: str) -> str:
    """What is stored. Raises Invalid when the password is too short, too long or everybody's."""
    checked({"password": password}, {"password": acceptable})
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long when there is nobody."""
    try:
        return _hasher.verify(stored or _NOBODY, password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
