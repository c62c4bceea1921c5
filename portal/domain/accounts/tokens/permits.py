"""What a client token may be allowed to do, as the areas bring it. Every JSON route names one of these."""

from collections.abc import Sequence

from portal.domain.areas import Area, joined
from portal.domain.schema import AS_SHOWN
from portal.domain.sentences import say

SELF, WITH_COMPANIES = "self", "with_companies"


def permits(areas: Sequence[Area] = AS_SHOWN) -> dict[str, str]:
    """What each permit lets a token do, in the order of the form."""
    return joined(area.permits for area in areas)


PERMITS = permits()

REACHES = {
    SELF: say("Of this partner only"),
    WITH_COMPANIES: say("Of this partner and its companies"),
}
