"""What is looked for besides, where the usual kinds are few: things of which a partner has a handful, such as tags, locations and
apps (`Area.seldom`). So they cost nothing where much was found."""

from portal.domain.areas import joined
from portal.domain.schema import AS_SHOWN
from portal.domain.search import search
from portal.domain.search.sources import MOST, Hit

SOURCES = list(joined({source.kind: source} for area in AS_SHOWN for source in area.seldom).values())


def beside(found: list[Hit], partner_id: int, role: str, text: str) -> list[Hit]:
    """What was found, and where it is little, what the text finds among the things that are seldom looked for; best first."""
    if len(found) >= MOST:
        return found
    return sorted([*found, *search.find(partner_id, role, text, SOURCES)], key=lambda hit: hit.rank)
