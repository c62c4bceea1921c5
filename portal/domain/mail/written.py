"""What a mail says: a text of texts/, paragraph by paragraph in its receiver's language, with what it names."""

import re
from pathlib import Path
from string import Template

from portal import languages
from portal.domain.mail import words
from portal.domain.sentences import Sentence
from portal.languages import ENGLISH

_TEXTS = Path(__file__).parent / "texts"
# What stands for these in a text was made here; everything else somebody may have typed.
_OUR_ADDRESSES = frozenset({"link", "reset", "settings", "unsubscribe", "listed", "place"})
_NAMES = frozenset({"name", "person", "partner", "promoter", "merchant", "inviter", "owner", "title"})
_BETWEEN = re.compile(r"(\n{2,})")


def text(name: str, values: dict, language: str) -> str:
    """A text with its values, in a language."""
    written = {place: _written(place, value, language) for place, value in values.items()}
    return Template(_template(name, language)).substitute(written)


def subject(said: str, language: str) -> str:
    """The line above it: what people typed makes no link."""
    return words.unlinked(_in(language, said))


def paragraphs(whole: str) -> list[str]:
    """The paragraphs of a text that say something, as catalogs know them."""
    return [part for part in _BETWEEN.split(whole.strip("\n")) if re.search(r"[A-Za-z]{2}", re.sub(r"\$\w+", "", part))]


def _template(name: str, language: str) -> str:
    whole = (_TEXTS / f"{name}.txt").read_text()
    if language == ENGLISH:
        return whole
    catalog = languages.catalog(language)
    body = whole.strip("\n")
    before, after = whole[: whole.index(body)], whole[whole.index(body) + len(body) :]
    return before + "".join(catalog.text(part) for part in _BETWEEN.split(body)) + after


def _written(place: str, value, language: str) -> str:
    said = _in(language, value)
    if place in _OUR_ADDRESSES:
        return said
    return words.unlinked(words.line(said) if place in _NAMES else said)


def _in(language: str, value) -> str:
    return value.said(language) if isinstance(value, Sentence) else str(value)
