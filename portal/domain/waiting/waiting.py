"""How much waits for a partner, of every area: one statement, for every page tells the sum."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from portal.database import Statement
from portal.domain.areas import Area, Waits, joined
from portal.domain.schema import AS_SHOWN


class Waiting(NamedTuple):
    """A kind of what waits, and how much it is: up to one over `bound.COUNTED`."""

    name: str
    number: int


def statement(areas: Sequence[Area] = AS_SHOWN) -> Statement[Waiting]:
    """What counts everything that the areas know to wait for `:partner`."""
    kinds = joined(area.waits for area in areas)
    counted = (f"SELECT '{name}' AS name, ({kind.query}) AS number" for name, kind in kinds.items())
    return Statement(" UNION ALL ".join(counted), row=Waiting)


_KINDS = joined(area.waits for area in AS_SHOWN)
EVERY = frozenset(kind.of for kind in _KINDS.values())
_COUNTS = statement()


def counts(partner_id: int, areas: Container[str] = EVERY) -> dict[str, int]:
    """How much of each kind waits for the partner; nothing of areas other than these."""
    found = _COUNTS.rows(partner=partner_id)
    return {
        name: _number(_KINDS[name], number, partner_id) if _KINDS[name].of in areas else 0 for name, number in found
    }


def total(counted: dict[str, int]) -> int:
    """How much of it waits for the partner itself."""
    return sum(number for name, number in counted.items() if not _KINDS[name].is_theirs)


def _number(kind: Waits, found: int, partner_id: int) -> int:
    return kind.exactly(partner_id) if found and kind.exactly else found
