"""Looking for a text inside others with LIKE: what the text holds of LIKE's own signs stands for itself."""

from portal.domain.typed.texts import tidy
from portal.letters import alike

ESCAPE = r"ESCAPE '\'"
_LONGEST = 5_000  # Longer than any name; SQLite takes no pattern of 50,000 bytes, and a letter has up to four.


def containing(text: str) -> str:
    """The pattern of texts as `ALIKE` writes them that contain this one; the condition ends with ESCAPE."""
    return f"%{starting(text)}"


def starting(text: str) -> str:
    """The pattern of texts as `ALIKE` writes them that begin with this one."""
    return as_it_is(alike(tidy(text)))


def as_it_is(text: str) -> str:
    """The pattern of texts that begin with this one, in its own letters."""
    escaped = text[:_LONGEST].replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"{escaped}%"
