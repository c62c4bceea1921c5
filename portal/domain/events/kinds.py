"""The kinds of events that a log is filtered by: what the types of each begin with."""

from collections.abc import Sequence

from portal.domain.areas import Area, FactKind, joined
from portal.domain.events.types import types
from portal.domain.schema import AS_SHOWN


def kinds(areas: Sequence[Area] = AS_SHOWN) -> dict[str, FactKind]:
    """The kinds in the order in which they are shown."""
    return joined(area.kinds for area in areas)


KINDS = kinds()


def types_of(kind: str, areas: Sequence[Area] = AS_SHOWN) -> tuple[str, ...]:
    """The types of events of a kind."""
    begins = kinds(areas)[kind].begins
    return tuple(name for name in types(areas) if name.startswith(begins))
