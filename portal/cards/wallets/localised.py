"""What a pass says in every language: a phone looks its texts up in the list of its own, and shows what is in none as it stands
(Apple: "Creating Localized Versions of Your Pass")."""

from collections.abc import Callable, Iterator
from typing import Any

from portal import languages

Fields = dict[str, list[dict[str, Any]]]
Lists = dict[str, dict[str, str]]  # by language: what stands there for a text
_SAID = ("label", "value", "changeMessage")
_UNSEEN = "\u2060"


def fields(write: Callable[[], Fields], base: str) -> tuple[Fields, Lists]:
    """The fields in the language `base`, which phones of all other languages show, and what stands for its texts in each. What somebody
    typed is the same in all of them, and in no list."""
    written = {language: _written(write, language) for language in languages.NAMES}
    lists: Lists = {language: {} for language in written}
    same = []
    for each in zip(*map(_texts, written.values()), strict=True):
        places = dict(zip(written, each, strict=True))
        texts = {language: field[name] for language, (field, name) in places.items()}
        if len(set(texts.values())) == 1:
            same.append(places[base])
            continue
        for language, text in texts.items():
            lists[language][texts[base]] = text
    for field, name in same:
        field[name] = as_typed(field[name], lists[base])
    return written[base], lists


def as_typed(text: str, said: dict[str, str]) -> str:
    """A text that no phone finds in its list, though it is one of ours by chance: a holder called Number is no number."""
    return text + _UNSEEN if text in said else text


def strings(said: dict[str, str]) -> bytes:
    """The file of a list."""
    return "".join(f'"{_quoted(text)}" = "{_quoted(other)}";\n' for text, other in said.items()).encode()


def _written(write: Callable[[], Fields], language: str) -> Fields:
    with languages.speaking(language):
        return write()


def _texts(shown: Fields) -> Iterator[tuple[dict[str, Any], str]]:
    for group in shown.values():
        for field in group:
            yield from ((field, name) for name in _SAID if name in field)


def _quoted(text: str) -> str:
    for letter, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(letter, written)
    return text
