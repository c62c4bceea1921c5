"""What the things of events are called, and where they stand for a partner: a query for each kind, whatever the number."""

import re
from collections.abc import Iterable, Mapping, Sequence

from portal.domain.areas import Area, Named, Thing, joined
from portal.domain.schema import AREAS

_NUMBER = re.compile("[0-9]{1,18}")  # Ids may come from an address, where anything may stand.


def by_kind(areas: Sequence[Area] = AREAS) -> dict[str, Thing]:
    """The things that have names, by their kinds."""
    return joined({thing.kind: thing} for area in areas for thing in area.things)


THINGS = by_kind()


def called(
    partner_id: int, things: Iterable[tuple[str, str]], known: Mapping[str, Thing] = THINGS
) -> dict[tuple[str, str], Named]:
    """The names of (thing, id) pairs of the partner's log; what is nobody's or has no name is left out."""
    asked: dict[str, set[str]] = {}
    for kind, thing_id in things:
        asked.setdefault(kind, set()).add(thing_id)
    return {
        (kind, found.thing_id): found
        for kind, ids in asked.items()
        if kind in known
        for found in _named(known[kind], partner_id, sorted(ids))
    }


def numbers(partner_id: int, things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
    """What else the (thing, id) pairs of the partner's log are known by: ids that are numbers, by the names that programs read."""
    asked: dict[str, list[str]] = {}
    for kind, thing_id in sorted(set(things)):
        asked.setdefault(kind, []).append(thing_id)
    return {
        (kind, row.thing_id): {name: number for name, number in row._asdict().items() if name != "thing_id"}
        for kind, ids in asked.items()
        if kind in THINGS and (statement := THINGS[kind].numbers)
        for row in statement.rows(ids=ids, partner=partner_id)
    }


def _named(thing: Thing, partner_id: int, ids: list[str]) -> list[Named]:
    keys = [int(key) for key in ids if _NUMBER.fullmatch(key)] if thing.by_number else ids
    return thing.named.rows(ids=keys, partner=partner_id) if keys else []
