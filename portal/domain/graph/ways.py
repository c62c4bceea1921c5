"""The graph of all areas: the kinds of things by name, and for each the ways to others, with the statements that walk them."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.areas import Area, joined
from portal.domain.graph.kinds import Link, Node
from portal.domain.schema import AS_SHOWN

FROM, TO = "from", "to"  # where a thing comes from, where it leads


class Found(NamedTuple):
    """A thing that was found, by the way with this number from the row `near`; the moment in microseconds. Its `place_1` and
    `place_2` say where it stands among those of its way."""

    way: int
    near: int
    id: int
    kind: str
    key: str
    name: str
    state: str | None
    at: int | None
    page_kind: str
    page_key: str
    stands: str
    place_1: int
    place_2: int


class Way(NamedTuple):
    """From things of one kind to those of another: the relation as the wire has it and as a heading, and the direction."""

    number: int
    kind: str
    relation: str
    heading: str
    direction: str
    link: Link
    far: Node

    @property
    def ends(self) -> tuple[str, str]:
        """The columns of the link at this end, and at the other."""
        return (self.link.of, self.link.to) if self.direction == TO else (self.link.to, self.link.of)

    @property
    def places(self) -> tuple[str, ...]:
        """What the things at the other end are in the order of."""
        by = self.link.leads_by if self.direction == TO else self.link.comes_by
        return by or (self.ends[1],)


class Graph:
    """The kinds and the ways of some areas. Raises ValueError for two kinds, or two relations of a kind, of one name."""

    def __init__(self, areas: Sequence[Area]):
        self.nodes: dict[str, Node] = joined({node.kind: node} for area in areas for node in area.nodes)
        self.ways: list[Way] = []
        for link in (link for area in areas for link in area.links):
            self._add(link.source, link.target, link.leads, TO, link)
            self._add(link.target, link.source, link.comes, FROM, link)
        self.of_kind = {kind: [way for way in self.ways if way.kind == kind] for kind in self.nodes}
        for ways in self.of_kind.values():
            joined({way.relation: way} for way in ways)

    def _add(self, kind: str, far: str, called: tuple[str, str], direction: str, link: Link) -> None:
        self.ways.append(Way(len(self.ways), kind, *called, direction, link, self.nodes[far]))

    def way(self, kind: str, relation: str) -> Way | None:
        """The way that the relation names."""
        return next((way for way in self.of_kind[kind] if way.relation == relation), None)


GRAPH = Graph(AS_SHOWN)


def _columns(node: Node, way: int, near: str, places: Sequence[str]) -> str:
    page_kind, page_key = node.page or (node.kind.replace("_", " "), node.key)
    first, second = (*places, "0", "0")[:2]
    return f"""{way} AS way, {near} AS near, {node.id} AS id, '{node.kind}' AS kind, CAST({node.key} AS TEXT) AS key,
        CAST({node.name} AS TEXT) AS name, CAST({node.state} AS TEXT) AS state, {node.at} AS at, '{page_kind}' AS page_kind,
        CAST({page_key} AS TEXT) AS page_key, {node.stands} AS stands, {first} AS place_1, {second} AS place_2"""


def _along(way: Way, columns: str, more: str = "1 = 1", end: str = "LIMIT :most") -> str:
    """Where the link is the far thing's own row it is joined once: PostgreSQL, which sees that too, would forget the order of
    its index, and sort all that a thing leads to for the page that is asked for."""
    near, far = way.ends
    table, name = way.far.table.split()
    is_its_row = far == "l.id" and f"{table} l" in way.link.tables
    join = "" if is_its_row else f"JOIN {way.far.table} ON {way.far.id} = {far}"
    query = f"""SELECT {columns} FROM {way.link.tables} {join} {way.far.joins}
        WHERE :may_{way.far.kind} = 1 AND {near} IN :ids AND {way.link.where} AND {way.far.mine} AND {more} {end}"""
    return re.sub(r"\bl\b", name, query) if is_its_row else query


def _some(way: Way, more: str = "1 = 1") -> str:
    """Things at the end of a way, so many at most."""
    order = ", ".join(f"{place} DESC" for place in way.places)
    columns = _columns(way.far, way.number, way.ends[0], way.places)
    return _along(way, columns, more, f"ORDER BY {order} LIMIT :most")


def _together(queries: Sequence[str]) -> Statement[Found]:
    return Statement(" UNION ALL ".join(f"SELECT * FROM ({query}) of_{at}" for at, query in enumerate(queries)), Found)


@cache
def walking(numbers: tuple[int, ...]) -> Statement[Found]:
    """What finds the things at the ends of these ways from rows with `:ids`, `:most` of each way."""
    return _together([_some(GRAPH.ways[number]) for number in numbers])


@cache
def going_on(number: int) -> Statement[Found]:
    """What finds those of a way after the place `:place_1`, `:place_2`."""
    way = GRAPH.ways[number]
    places = way.places
    after = f"({places[0]}, {places[1]}) < (:place_1, :place_2)" if places[1:] else f"{places[0]} < :place_1"
    return _together([_some(way, after)])


@cache
def counting(number: int) -> Statement[tuple]:
    """What counts the things at the end of a way, `:most` at most."""
    return Statement(f"SELECT COUNT(*) FROM ({_along(GRAPH.ways[number], '1 AS one')}) found")


_MOST_NAMED = 3  # by one of the things' names


@cache
def naming(kinds: tuple[str, ...]) -> Statement[Found]:
    """What finds things of these kinds by what somebody typed: by what is theirs in particular (0), and by a number (1)."""
    return _together([query for kind in kinds for query in _named(GRAPH.nodes[kind])])


def _named(node: Node) -> list[str]:
    conditions = [(0, condition) for condition in node.ids] + [(1, node.numbered)] * (node.numbered is not None)
    return [
        f"""SELECT {_columns(node, 0, str(rank), ())} FROM {node.table} {node.joins}
        WHERE :may_{node.kind} = 1 AND {condition} AND {node.mine} LIMIT {_MOST_NAMED}"""
        for rank, condition in conditions
    ]
