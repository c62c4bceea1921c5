"""Forms that must not act twice: reloading the answer of one would send it again, and make a second secret."""

from flask import session

from portal.domain.accounts import sent_forms
from portal.domain.identifiers import random_base62

_KEY, _MOST = "open_forms", 5


def begin() -> str:
    """A mark for a form that is shown; the session remembers the last few."""
    mark = random_base62(12)
    session[_KEY] = [*session.get(_KEY, []), mark][-_MOST:]
    return mark


def take(mark: str | None) -> bool:
    """Whether the form of this mark is sent for the first time."""
    marks = session.get(_KEY, [])
    if mark not in marks:
        return False
    session[_KEY] = [other for other in marks if other != mark]
    return sent_forms.claim(mark)  # A second click comes with the same cookie as the first.
