"""Finding any thing of a partner's by an id, a code, words of its name or a mail address.

Each kind is asked for once. What unique indexes find comes first.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from portal.domain.areas import Area, joined
from portal.domain.identifiers import normal_code, typed_uuid
from portal.domain.schema import AS_SHOWN
from portal.domain.search.sources import Hit, Source
from portal.domain.typed import words
from portal.domain.typed.patterns import as_it_is, starting
from portal.domain.typed.texts import mended, plain, tidy, visible
from portal.letters import alike

SHORTEST, LONGEST = 2, 100
_BIGGEST = 2**62
_SHORTEST_WORD, _LONGEST_WORD = 3, 40  # that can be told to be like another
_NEAREST, _LIKENESS = 6, 0.74
_CLICK = 22  # characters of the id of a click
_BEGUN = re.compile(
    "[0-9a-f]{6,8}|[0-9a-f]{8}-[0-9a-f-]{0,27}"
)  # of a UUID; less than six letters are begun by too many


def sources(areas: Sequence[Area] = AS_SHOWN) -> list[Source]:
    """What is searched, in the order in which kinds are shown."""
    return list(joined({source.kind: source} for area in areas for source in area.searches).values())


SOURCES = sources()


def find(partner_id: int, role: str, text: str, among: Sequence[Source] = SOURCES) -> list[Hit]:
    """What the text finds among the partner's things, best first; tokens for owners alone.

    Nothing below `SHORTEST` characters; what is over `LONGEST` is cut off.
    """
    text = tidy(text)[:LONGEST]
    if len(text) < SHORTEST and not text.isdigit():
        return []
    typed = words.patterns(text)
    values, count = _values(partner_id, text) | typed, len(typed)
    hits = [hit for source in among if _may(source, role) for hit in source.find(values, count)]
    return sorted(hits, key=lambda hit: hit.rank)


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
    return [hit for statement in latest for hit in statement.rows(partner=partner_id, code="")]


def the_one(hits: list[Hit]) -> Hit | None:
    """The only thing whose id, code or mail address the text is; None when there is none, or more."""
    exact = [hit for hit in hits if hit.rank == 0]
    return exact[0] if len(exact) == 1 else None


def _may(source: Source, role: str) -> bool:
    return source.seen_by is None or role in source.seen_by


def _values(partner_id: int, text: str) -> dict:
    """The parameters of all statements. What the text cannot be is a value that nothing has."""
    typed = plain(text)
    digits = typed.removeprefix("#").strip()
    begun = typed.lower() if _BEGUN.fullmatch(typed.lower()) else ""
    number = int(digits) if digits.isascii() and digits.isdigit() else 0
    return {
        "partner": partner_id,
        "text": text,
        "click": typed if len(typed) == _CLICK else "",
        "mail": visible(text).lower(),
        "key": mended(text),
        "uuid": typed_uuid(text) or "",
        "uuid_begun": begun,
        "uuid_begins": as_it_is(begun),
        "code": normal_code(text) or "",
        "slug": typed.lower(),
        "number": number if number < _BIGGEST else 0,
        "begins": starting(text),
        "key_begins": as_it_is(mended(text)),
    }
