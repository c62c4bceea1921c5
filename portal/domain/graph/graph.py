"""One thing of a partner's with what it comes from and what it leads to, and the chain of all that hangs on it."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from portal import clock
from portal.domain.errors import NotFound
from portal.domain.graph import ways
from portal.domain.graph.ways import GRAPH, Found, Way
from portal.domain.search import search
from portal.domain.sentences import say
from portal.domain.typed import beginnings

ANY = "any"
MOST_COUNTED = 1000  # of what is more than was shown
MOST_IN_CHAIN, MOST_OF_A_WAY, _MOST_STEPS = 100, 25, 12  # of a chain: things, of one way at once, links


class Reader(NamedTuple):
    """Who asks: a partner's, with these permits of a client token."""

    partner_id: int
    permits: frozenset[str]

    def may(self, kind: str) -> bool:
        """Whether things of the kind may be read."""
        return not GRAPH.nodes[kind].permits.isdisjoint(self.permits)

    @property
    def given(self) -> dict:
        """The parameters by which the statements know who asks."""
        flags = {f"may_{kind}": int(self.may(kind)) for kind in GRAPH.nodes}
        return flags | {"partner": self.partner_id, "permits": sorted(self.permits), "now": clock.micros()}


class Step(NamedTuple):
    """A thing of a chain, how many links away it is from the one that was asked for, and which way led there from which thing
    of the chain (its place), None of the first."""

    thing: Found
    distance: int
    of: int | None
    way: Way | None


class Chain(NamedTuple):
    """The things of a chain, the nearest first; whether there are more than were looked for."""

    steps: list[Step]
    is_cut: bool


def kind_of(text: str) -> str | None:
    """A kind as somebody writes it, spaces and hyphens as underlines; `any` is one, too. None for what is no kind."""
    kind = text.strip().lower().replace(" ", "_").replace("-", "_")
    return kind if kind in GRAPH.nodes or kind == ANY else None


def find(reader: Reader, kind: str, text: str) -> list[Found]:
    """The things of the kind, or of any, that a text is an id, a code or a number of: the likeliest first.

    Raises NotFound where there is none that the reader may see.
    """
    kinds = tuple(one for one, node in GRAPH.nodes.items() if not node.borrows_key) if kind == ANY else (kind,)
    given = search.values(reader.partner_id, text) | {"digits": beginnings.digits(text)} | reader.given
    found = sorted(ways.naming(kinds).rows(**given), key=lambda one: (kind != ANY and one.key != text, one.near))
    if not found:
        raise NotFound(say("thing"))
    return list({(one.kind, one.id): one for one in reversed(found)}.values())[::-1]


def links(reader: Reader, thing: Found, most: int) -> tuple[list[Found], dict[str, int]]:
    """What the thing comes from and leads to, by each way the latest `most`; and by relation how many more there are, of which
    `MOST_COUNTED` stands for as many or more."""
    numbers = tuple(way.number for way in GRAPH.of_kind[thing.kind])
    given = {"ids": [thing.id], **reader.given}
    shown, longer = _first_of_each(ways.walking(numbers).rows(most=most + 1, **given), most)
    counted = {
        GRAPH.ways[number].relation: int(ways.counting(number).value(most=most + MOST_COUNTED, **given)) - most
        for number in longer
    }
    return shown, counted


def going_on(reader: Reader, thing: Found, way: Way, after: tuple[int, ...] | None, most: int) -> list[Found]:
    """A page of what is at the end of one way, after a place; one more where there are more."""
    given = {"ids": [thing.id], "most": most + 1, **reader.given}
    if after is None:
        return ways.walking((way.number,)).rows(**given)
    return ways.going_on(way.number).rows(**given, place_1=after[0], place_2=after[-1])


def chain(reader: Reader, thing: Found) -> Chain:
    """What hangs on a thing, link by link: what happened once is followed both ways, what stands for long (an offer, a card)
    only to where it comes from, so that a deal tells its own story and not that of all deals of its offer."""
    whole, last = Chain([Step(thing, 0, None, None)], is_cut=False), [thing]
    places = {_key(thing): 0}
    while last and whole.steps[-1].distance < _MOST_STEPS:
        found, longer = _first_of_each(_next(reader, last, whole), MOST_OF_A_WAY)
        added = _added(whole.steps, places, found)
        is_left_out = bool(longer) or any(_key(one) not in places for one in found)
        whole, last = whole._replace(is_cut=whole.is_cut or is_left_out), added
    return whole._replace(is_cut=whole.is_cut or bool(last))


def _added(steps: list[Step], places: dict[tuple[str, int], int], found: Iterable[Found]) -> list[Found]:
    """Those that are new to the chain, at its end now, as far as there is room."""
    added = []
    for one in found:
        if _key(one) not in places and len(steps) < MOST_IN_CHAIN:
            way = GRAPH.ways[one.way]
            of = places[way.kind, one.near]
            places[_key(one)] = len(steps)
            steps.append(Step(one, steps[of].distance + 1, of, way))
            added.append(one)
    return added


def _first_of_each(found: Iterable[Found], most: int) -> tuple[list[Found], list[int]]:
    """Of each way the first `most`, and the numbers of the ways that have more."""
    seen: Counter[int] = Counter()
    shown = []
    for one in found:
        seen[one.way] += 1
        shown += [one] if seen[one.way] <= most else []
    return shown, [number for number, count in seen.items() if count > most]


def _key(thing: Found) -> tuple[str, int]:
    return thing.kind, thing.id


def _by_kind(things: Iterable[Found]) -> list[tuple[str, list[int]]]:
    kinds: dict[str, list[int]] = {}
    for one in things:
        kinds.setdefault(one.kind, []).append(one.id)
    return list(kinds.items())


def _next(reader: Reader, last: Iterable[Found], whole: Chain) -> list[Found]:
    """What the things that were found last lead to, and come from."""
    is_first = len(whole.steps) == 1
    return [one for kind, ids in _by_kind(last) for one in _walked(reader, kind, ids, is_first)]


def _walked(reader: Reader, kind: str, ids: list[int], is_first: bool) -> list[Found]:
    numbers = tuple(way.number for way in GRAPH.of_kind[kind] if is_first or _is_followed(way))
    return ways.walking(numbers).rows(ids=ids, most=MOST_OF_A_WAY + 1, **reader.given) if numbers else []


def _is_followed(way: Way) -> bool:
    if way.direction == ways.FROM:
        return not way.link.has_many_origins
    return GRAPH.nodes[way.kind].happens
