"""The languages that people read, and the one that is spoken now. English is what code and templates say themselves; every
other has a catalog, translations/<language>.po, which is read when somebody first reads in it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import NamedTuple

ENGLISH = "en"
NAMES = {ENGLISH: "English", "ru": "Русский"}
# Whose catalogs have every page. In another one what newcomers see and what is mailed is said, and whoever has signed in reads
# English, for no page is half in one language and half in another.
WHOLE = {ENGLISH}
FOLDER = Path(__file__).parent.parent / "translations"

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


class Catalog(NamedTuple):
    """What stands for the sentences of the code: a text, or one for each plural form; and whose ways of
    writing numbers and dates it has."""

    messages: Mapping[str, str | tuple[str, ...]]
    form_of: Callable[[int], int]
    locale: str  # whose ways CLDR knows, of numbers and dates

    def text(self, text: str) -> str:
        """The sentence, or the English one where there is none."""
        return self.messages.get(text) or text  # type: ignore[return-value]

    def grouped(self, number: int) -> str:
        """A whole number in groups of three."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self.locale)

    def day(self, day: date) -> str:
        """A day, such as 1 Dec 2026."""
        from babel.dates import format_date

        return format_date(day, "d MMM y", locale=self.locale)

    def counted(self, one: str, several: str, number: int) -> str:
        """The sentence for this number, or the English one where there is none."""
        forms = self.messages.get(one)
        if not forms or isinstance(forms, str):
            return one if number == 1 else several
        return forms[self.form_of(number)]


_catalogs: dict[str, Catalog] = {}


def spoken() -> str:
    """The language of whoever reads what is being written."""
    return _spoken.get()


def speak(language: str) -> None:
    """Set the language for the rest of this request or task; each request starts by calling it."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is written inside is in this language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def known(*wishes: str | None) -> str | None:
    """The first of these languages that there is."""
    return next((wish for wish in wishes if wish in NAMES), None)


def catalog(language: str) -> Catalog:
    """The catalog of a language other than English."""
    if language not in _catalogs:
        _catalogs[language] = read(FOLDER / f"{language}.po")
    return _catalogs[language]


def read(path: Path) -> Catalog:
    """The catalog that a file holds. What is marked as fuzzy, or has a plural form missing, stays English."""
    from gettext import c2py  # The compiler of plural rules behind the standard library's own catalogs.

    from babel.messages.pofile import read_po  # Whoever reads English needs none of it.

    with path.open("rb") as file:
        found = read_po(file)
    messages: dict = {}
    for message in found:
        if not message.id or message.fuzzy or not message.string:
            continue
        if isinstance(message.id, tuple):
            if all(message.string):
                messages[message.id[0]] = tuple(message.string)
        else:
            messages[message.id] = message.string
    return Catalog(messages, c2py(found.plural_expr), path.stem)
