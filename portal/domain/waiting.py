"""How much waits for a partner, of every area: one statement, for every page tells the sum."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.database import Statement
from portal.domain.areas import Area, joined
from portal.domain.schema import AS_SHOWN


class Waiting(NamedTuple):
    """A kind of what waits, and how much it is: up to one over `waits.COUNTED`."""

    name: str
    number: int


def statement(areas: Sequence[Area] = AS_SHOWN) -> Statement[Waiting]:
    """What counts everything that the areas know to wait for `:partner`."""
    queries = joined(area.waits for area in areas)
    counted = (f"SELECT '{name}' AS name, ({query}) AS number" for name, query in queries.items())
    return Statement(" UNION ALL ".join(counted), row=Waiting)


_COUNTS = statement()


def counts(partner_id: int) -> dict[str, int]:
    """How much of each kind waits for the partner."""
    return dict(_COUNTS.rows(partner=partner_id))
