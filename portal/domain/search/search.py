"""Finding any thing of a partner's by an id, a code, words of its name or a mail address.

What unique indexes find comes first: whoever sent the id of a thing need not wait for names to be looked through.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import islice

from portal.database import Statement
from portal.domain.areas import Area, joined
from portal.domain.identifiers import normal_code, typed_id, typed_uuid
from portal.domain.schema import AS_SHOWN
from portal.domain.search import sources
from portal.domain.search.sources import MOST, Given, Hit, Source
from portal.domain.typed import beginnings, words
from portal.domain.typed.patterns import as_it_is, starting
from portal.domain.typed.texts import mended, plain, tidy, visible
from portal.letters import alike

SHORTEST, LONGEST = 2, 100
_ALWAYS = {"text", "key", "slug"}
IDS = frozenset({*_ALWAYS, "uuid", "code", "click", "mail", "number", "digits", "is_number"})
BEGINNINGS = frozenset({*_ALWAYS, "uuid_begun", "digits", "number_begins", "phone_end"})
_NOTHING = {"", 0, "-", beginnings.LAST}
_SHORTEST_WORD, _LONGEST_WORD = 3, 40  # that can be told to be like another
_NEAREST, _LIKENESS = 6, 0.74
_SHORTEST_NUMBER = 6  # that can be somebody's phone
_CLICK = 22  # characters of the id of a click
_BEGUN = re.compile(
    "[0-9a-f]{6,8}|[0-9a-f]{8}-[0-9a-f-]{0,27}"
)  # of a UUID; less than six letters are begun by too many


def searched(areas: Sequence[Area] = AS_SHOWN) -> list[Source]:
    """What is searched, in the order in which kinds are shown."""
    return list(joined({source.kind: source} for area in areas for source in area.searches).values())


SOURCES = searched()


class Asked:
    """A text, looked for among the partner's things of the kinds that the role may find; tokens for owners alone.

    Nothing below `SHORTEST` characters; what is over `LONGEST` is cut off.
    """

    def __init__(self, partner_id: int, role: str, text: str, among: Sequence[Source] = SOURCES):
        text = tidy(text)[:LONGEST]
        typed = words.patterns(text)
        is_long_enough = len(text) >= SHORTEST or text.isdigit()
        self._sources = tuple(source for source in among if _may(source, role)) if is_long_enough else ()
        self._values, self._count = values(partner_id, text) | _beginnings(text, len(typed)) | typed, len(typed)
        self._given = _given(self._values)

    @cached_property
    def exact(self) -> list[Hit]:
        """The things whose id, code or mail address the text is."""
        return self._best(self._found(sources.exact(self._sources, self._given & IDS)))

    def every(self) -> list[Hit]:
        """What the text finds, best first."""
        by_words = sources.by_words(self._sources, self._count, self._given & BEGINNINGS)
        return self._best(self.exact + self._found(by_words))

    def _found(self, statement: Statement[Hit] | None) -> list[Hit]:
        return statement.rows(**self._values) if statement else []

    def _best(self, hits: list[Hit]) -> list[Hit]:
        """Each once, the best of each kind, in the order of the kinds."""
        kinds: dict[str, dict] = {source.kind: {} for source in self._sources}
        for hit in hits:
            kinds[hit.kind].setdefault((hit.key, hit.of), hit)
        best = [hit for found in kinds.values() for hit in islice(found.values(), MOST)]
        return sorted(best, key=lambda hit: hit.rank)


def find(partner_id: int, role: str, text: str, among: Sequence[Source] = SOURCES) -> list[Hit]:
    """What the text finds among the partner's things, best first, as it is `Asked`."""
    return Asked(partner_id, role, text, among).every()


def nearest(partner_id: int, role: str, text: str, among: Sequence[Source] = SOURCES) -> list[Hit]:
    """Where nothing is found: the partner's things whose names are most like the text, each of its words with a slip or two.

    The latest `MOST_COMPARED` of each kind are looked at.
    """
    typed = [word[:_LONGEST_WORD] for word in alike(visible(text)).split()[: words.MOST] if len(word) >= _SHORTEST_WORD]
    if not typed:
        return []
    named = [(hit, alike(hit.name).split()) for hit in _latest(partner_id, role, among)]
    every = {word for _, name in named for word in name if len(word) <= _LONGEST_WORD}
    near = [set(get_close_matches(word, every, _NEAREST, _LIKENESS)) for word in typed]
    return [hit for hit, name in named if all(not some.isdisjoint(name) for some in near)][:_NEAREST]


def _latest(partner_id: int, role: str, among: Sequence[Source]) -> list[Hit]:
    latest = (source.latest for source in among if source.latest and _may(source, role))
    return [hit for statement in latest for hit in statement.rows(partner=partner_id, code="", uuid="")]


def the_one(hits: list[Hit]) -> Hit | None:
    """The only thing whose id, code or mail address the text is; None when there is none, or more."""
    exact = [hit for hit in hits if hit.rank == 0]
    return exact[0] if len(exact) == 1 else None


def _given(values: dict) -> Given:
    """The parameters that the text can be."""
    return frozenset(name for name, value in values.items() if value not in _NOTHING)


def _may(source: Source, role: str) -> bool:
    return source.seen_by is None or role in source.seen_by


def _beginnings(text: str, count: int) -> dict[str, str]:
    """The parameters for words that are found by their beginnings, and for a number: as it is, and as a word."""
    words = beginnings.words(text)[:count]
    number = beginnings.number(text)
    asked = beginnings.parameters(words + [""] * (count - len(words)))
    begins, ends = (number, number + beginnings.LAST) if number else (beginnings.LAST, beginnings.LAST)
    whole = number if len(number) >= _SHORTEST_NUMBER else ""
    ways = {"digits": beginnings.digits(text), "is_number": whole, "number_begins": begins, "number_ends": ends}
    return asked | ways | beginnings.ending(text)


def values(partner_id: int, text: str) -> dict:
    """The parameters of all statements. What the text cannot be is a value that nothing has."""
    typed = plain(text)
    digits = typed.removeprefix("#").strip()
    begun = typed.lower() if _BEGUN.fullmatch(typed.lower()) else ""
    return {
        "partner": partner_id,
        "text": text,
        "click": typed if len(typed) == _CLICK else "",
        "mail": visible(text).lower() if "@" in text else "",
        "key": mended(text),
        "uuid": typed_uuid(text) or "",
        "uuid_begun": begun,
        "uuid_begins": as_it_is(begun),
        "code": normal_code(text) or "",
        "slug": typed.lower(),
        "number": typed_id(digits) or 0,
        "begins": starting(text),
        "key_begins": as_it_is(mended(text)),
    }
