"""A language in which every sentence of the catalogs is marked, ⟦like this⟧: what is not marked on a page was not wrapped."""

import re
from functools import cache
from html.parser import HTMLParser
from zoneinfo import available_timezones

from portal import languages
from portal.database import database
from portal.domain.currency_names import CURRENCY_NAMES
from portal.domain.offers.names import COUNTRY_NAMES, LANGUAGE_NAMES
from portal.languages import Catalog
from portal.web.english_formats import MONTHS
from translations.messages import found

LANGUAGE = "qq"
_NOT_SHOWN = {"script", "style", "svg", "pre", "code", "kbd", "template"}
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "use",
    "path",
}
_INLINE = {"a", "abbr", "b", "bdi", "cite", "em", "i", "mark", "q", "small", "span", "strong", "time", "var"}
_SAID = {
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "aria-description",
    "data-announce",
    "data-confirm",
    "data-copied",
}
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
# What a program reads: addresses, mail addresses, codes, names of time zones and currencies.
_CODE = re.compile(r"\S*(?:://|@)\S+|\S*[\d_]\S*|\b[A-Z]{2,}\b|(?<!\S)/\S*|\S+/\S+|\S+:\S+|\b[a-z]+(?:[.-][a-z]+)+\b")
_WORDS_OF_OURS = set("state status role kind type reason outcome reach permits steps data".split())  # columns of them
# Names of this portal, of languages and programs, and what CLDR or a table of names says: months, countries, currencies.
_NAMES = {"partnerportal", "Python", "curl", "SQLite", *languages.NAMES.values(), *MONTHS} | {
    word
    for names in (COUNTRY_NAMES.values(), LANGUAGE_NAMES.values(), CURRENCY_NAMES.values(), available_timezones())
    for name in names
    for word in _WORD.findall(name)
}


@cache
def catalog() -> Catalog:
    """Its catalog: what the code has wrapped, and nothing else."""
    messages = {}
    for message in found():
        if isinstance(message, str):
            messages[message] = f"⟦{message}⟧"
        else:
            messages[message[0]] = tuple(f"⟦{form}⟧" for form in message)
    return Catalog(messages, lambda number: int(number != 1), "en")


def speak(monkeypatch) -> None:
    """Make it one of the languages, for this test."""
    monkeypatch.setitem(languages.NAMES, LANGUAGE, LANGUAGE)
    monkeypatch.setattr(languages, "WHOLE", {*languages.WHOLE, LANGUAGE})
    monkeypatch.setitem(languages._catalogs, LANGUAGE, catalog())


def data_words() -> set[str]:
    """The words that people typed into the database."""
    words: set[str] = set()
    for table in database.get_tables():
        typed = [f'"{column.name}"' for column in database.get_columns(table) if column.name not in _WORDS_OF_OURS]
        for row in database.execute_sql(f'SELECT {", ".join(typed) or 1} FROM "{table}"').fetchall():
            words.update(word for value in row if isinstance(value, str) for word in _WORD.findall(value))
    return words


def unmarked(html: str, data: set[str]) -> list[str]:
    """The texts of a page that no sentence of the catalogs says, and that are no data."""
    reader = _Reader()
    reader.feed(html)
    return [text for text in reader.texts if set(_WORD.findall(_CODE.sub(" ", text))) - data - _NAMES]


def in_latin(html: str, data: set[str]) -> list[str]:
    """The texts of a page in Russian that have a word in Latin letters which is no name and no data."""
    reader = _Reader()
    reader.feed(html)
    return [text for text in reader.texts if set(_LATIN.findall(_CODE.sub(" ", text))) - data - _NAMES]


def stripped(text: str) -> str:
    """What is not marked in a text; marks may stand in one another."""
    while _MARKED.search(text):
        text = _MARKED.sub(" ", text)
    return " ".join(text.split())


class _Reader(HTMLParser):
    """The visible text of each stretch between two tags of a block, and of the attributes that are read out."""

    def __init__(self):
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []
        self._whole = ""

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.texts += [rest for name in named.keys() & _SAID if (rest := stripped(named[name] or ""))]
        self._whole += " " if tag in _INLINE else "\n"
        if tag not in _VOID:
            self._open.append("svg" if named.get("translate") == "no" else tag)

    def handle_endtag(self, tag):
        self._whole += " " if tag in _INLINE else "\n"
        while self._open and self._open.pop() not in (tag, "svg"):
            pass

    def handle_data(self, text):
        if not _NOT_SHOWN & set(self._open):
            self._whole += text

    def feed(self, html):
        super().feed(html)
        rest = self._whole
        while _MARKED.search(rest):
            rest = _MARKED.sub("\n", rest)
        self.texts += [" ".join(line.split()) for line in rest.split("\n") if line.strip()]
