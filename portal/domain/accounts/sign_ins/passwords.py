"""Passwords: Argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane), of their NFKC form.

Without one form "é" is another password on another keyboard (OWASP; RFC 8265 for the same reason). What was hashed
before, as it happened to be typed, still fits, and is hashed anew when its owner comes in with it.
"""

from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.domain.sentences import say
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
# Verified when the mail is unknown, so that the time taken tells nothing. Of a password that was thrown away.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$uocLbeQUG74w6p5AQ/KR6w$cuBAZhr1w4EuIncivlAckxYPnMoVMpE9l+zhxxEBNjk"


def acceptable(password) -> str:
    """The check of a password that somebody chooses."""
    password = _normal(password) if isinstance(password, str) else ""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Wrong(say("Choose a password of {shortest} to {longest} characters.", shortest=SHORTEST, longest=LONGEST))
    if password.lower() in _COMMON or len(set(password)) < _LETTERS:
        raise Wrong(
            say("This password is among the first that are guessed. Choose another; a few words in a row are good.")
        )
    return password


def hashed(password: str) -> str:
    """What is stored. Raises Invalid when the password is too short, too long or everybody's."""
    return _hasher.hash(checked({"password": password}, {"password": acceptable})["password"])


def matches(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long when there is nobody."""
    return any(_fits(stored or _NOBODY, form) for form in _forms(password)) and stored is not None


def renewed(stored: str, password: str) -> str | None:
    """Of a password that `matches`: another hash for it where this one is of an older kind; None where it is not."""
    form = _normal(password)
    is_present = _forms(password) == [form] or _fits(stored, form)
    return None if is_present and not _hasher.check_needs_rehash(stored) else _hasher.hash(form)


def _normal(password: str) -> str:
    return normalize("NFKC", password[: 4 * LONGEST])  # Typed in parts, a letter is up to four of them.


def _forms(password: str) -> list[str]:
    """The password in its form, then as it could have been typed before there was one: once each."""
    typed = (normalize(form, password[:LONGEST]) for form in ("NFC", "NFD"))
    return list(dict.fromkeys(form[:LONGEST] for form in (_normal(password), password, *typed)))


def _fits(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
