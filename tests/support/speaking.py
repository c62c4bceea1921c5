"""A block that runs in a language, as a request does."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal import languages


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak it, and then what was spoken before."""
    before = languages.spoken()
    languages.speak(language)
    try:
        yield
    finally:
        languages.speak(before)
