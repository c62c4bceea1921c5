"""Sentences that people read: English by themselves, for logs, tests and JSON, and whole in any other language.

A sentence keeps its template and what it names, so that whoever shows it turns all of it into the reader's language:
`say("The offer {name} is not active.", name=offer.name)`. A template stands as a literal, for the catalogs are made from
the code; what it names has names, for other languages have another order.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from typing import Any

from markupsafe import escape  # Text that is no markup, as every page takes it; nothing of the web.

from portal import languages
from portal.languages import ENGLISH


class Sentence(str):
    """An English text that knows how to be said in other languages."""

    __slots__ = ("named", "number", "several", "template")

    template: str
    named: dict[str, Any]
    several: str | None
    number: int

    def template_in(self, language: str) -> str:
        """Its template in a language, of the form that its number takes."""
        if language == ENGLISH:
            return self.template if self.several is None or self.number == 1 else self.several
        catalog = languages.catalog(language)
        if self.several is None:
            return catalog.text(self.template)
        return catalog.counted(self.template, self.several, self.number)

    def said(self, language: str | None = None) -> str:
        """The text in a language; in the one that is spoken now when none is given."""
        language = language or languages.spoken()
        if language == ENGLISH:
            return str.__str__(self)
        template = self.template_in(language)
        return template.format(**_in(language, self.named)) if self.named else template

    def format(self, /, **named: Any) -> "Sentence":  # type: ignore[override]  # Values have names alone.
        """The sentence with what it names, where that is known later than the sentence."""
        return _made(self.template, self.named | named, self.several, self.number)

    def __html__(self) -> str:
        """How templates show it: in the reader's language. What is markup in it stays so."""
        language = languages.spoken()
        if not self.named:
            return _written(self.template, language)
        if not any(hasattr(value, "__html__") for value in self.named.values()):
            return escape(self.said(language))
        numbers = {name: value.said(language) for name, value in self.named.items() if isinstance(value, Number)}
        return escape(self.template_in(language)).format(**{**self.named, **numbers})

    def __reduce__(self):
        return _made, (self.template, self.named, self.several, self.number)


class Number(int):
    """A number inside a sentence, with groups of three."""

    def said(self, language: str) -> str:
        """As the language writes it."""
        return f"{self:,}" if language == ENGLISH else languages.catalog(language).grouped(int(self))


def say(template: str, /, **named: Any) -> Sentence:
    """A sentence, with what it names: `say("Ask an owner of {partner}.", partner=partner.name)`."""
    return _made(template, named, None, 0) if named else _unchanging(template)


def counted(number: int, one: str, several: str, /, **named: Any) -> Sentence:
    """The sentence for this number, which it names as {number}: `counted(3, "1 deal", "{number} deals")`.

    Other languages have more forms than two, so nothing else may be made of the number in it.
    """
    return _made(one, {"number": Number(number), **named}, several, number)


def forms(one: str, several: str, /) -> tuple[str, str]:
    """The two sentences of `counted`, where they stand apart from their number: `counted(count, *WAITING)`."""
    return one, several


def joined(sentences: Iterable[str], by: str = " ") -> Sentence:
    """Several sentences as one."""
    parts = {f"part{place}": sentence for place, sentence in enumerate(sentences)}
    return say(by.join(f"{{{name}}}" for name in parts), **parts)


def either(sentences: Iterable[str]) -> str:
    """One of several, "or" before the last: `either([share(500), money(900, "EUR")])`."""
    return reduce(lambda one, other: say("{one} or {other}", one=one, other=other), sentences)


def few(sentences: Sequence[str], most: int) -> list[str]:
    """The first of many, and how many more there are: what is said after an action travels in a cookie."""
    more = len(sentences) - most
    return [*sentences[:most], *([counted(more, "And 1 more.", "And {number} more.")] if more > 0 else [])]


def kept(text: str) -> Sentence:
    """A text that the database has kept in English: one that names nothing is found in the catalogs again."""
    return _made(text, {}, None, 0)


def packed(sentence: Sentence) -> list:
    """What makes the sentence again, as lists and plain values: what it names is a sentence, a number or a text."""
    plain = {
        name: value if isinstance(value, str | int) and not isinstance(value, Number) else str(value)
        for name, value in sentence.named.items()
    }
    numbers = {name: int(value) for name, value in sentence.named.items() if isinstance(value, Number)}
    return [sentence.template, plain, numbers, sentence.several, sentence.number]


def unpacked(template: str, plain: dict, numbers: dict, several: str | None, number: int) -> Sentence:
    """The sentence that was packed."""
    named = plain | {name: Number(value) for name, value in numbers.items()}
    return _made(template, named, several, number)


def shown(text: str) -> str:
    """A text that goes where nothing turns it later (a cookie, a header, a file): in the language that is spoken now."""
    return text.said() if isinstance(text, Sentence) else text


@lru_cache(maxsize=8192)
def _written(template: str, language: str) -> str:
    """The markup of one that names nothing: labels stand on every page."""
    return escape(template if language == ENGLISH else languages.catalog(language).text(template))


@cache
def _unchanging(template: str) -> Sentence:
    """One that names nothing: checks say dozens of them for each deal."""
    return _made(template, {}, None, 0)


def _made(template: str, named: dict[str, Any], several: str | None, number: int) -> Sentence:
    chosen = template if several is None or number == 1 else several
    sentence = Sentence(chosen.format(**_in(ENGLISH, named)) if named else chosen)
    sentence.template, sentence.named, sentence.several, sentence.number = template, named, several, number
    return sentence


def _in(language: str, named: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.said(language) if isinstance(value, Sentence | Number) else value for name, value in named.items()
    }
