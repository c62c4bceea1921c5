"""Looking for a text inside others with LIKE: what the text holds of LIKE's own signs stands for itself."""

from portal.domain.texts import tidy

ESCAPE = "ESCAPE '!'"
# What LOWER leaves apart although it reads alike, on both engines.
_ALIKE = (("ß", "ss"), ("ς", "σ"), ("\N{NO-BREAK SPACE}", " "))


def lowered(column: str) -> str:
    """The column's texts as the patterns are: lower case."""
    text = f"LOWER({column})"
    for letter, other in _ALIKE:
        text = f"REPLACE({text}, '{letter}', '{other}')"
    return text


def containing(text: str) -> str:
    """The pattern of `lowered` texts that contain this one; the condition ends with ESCAPE."""
    return f"%{starting(text)}"


def starting(text: str) -> str:
    """The pattern of `lowered` texts that begin with this one."""
    text = tidy(text).lower()
    for letter, other in _ALIKE:
        text = text.replace(letter, other)
    return as_it_is(text)


def as_it_is(text: str) -> str:
    """The pattern of texts that begin with this one, in its own letters."""
    return f"{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
