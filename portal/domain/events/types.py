"""Every type of event, and the sentence a timeline shows for it, as the areas bring them."""

from collections.abc import Sequence

from portal.domain.areas import Area, joined
from portal.domain.schema import AS_SHOWN


def types(areas: Sequence[Area] = AS_SHOWN) -> dict[str, str]:
    """The sentence of each type, in the order in which types are shown."""
    return joined(area.facts for area in areas)


TYPES = types()
FIELDS = joined(area.fields for area in AS_SHOWN)
