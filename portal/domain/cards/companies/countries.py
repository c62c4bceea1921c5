"""Countries by their English names and ISO codes."""

from functools import cache

from portal.domain import codes
from portal.domain.offers.names import COUNTRY_NAMES
from portal.domain.offers.words import EVERYWHERE
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong

NAMES = {iso: name for iso, name in COUNTRY_NAMES.items() if iso != EVERYWHERE}
_OTHER_NAMES = {
    "USA": "US", "United States of America": "US", "America": "US", "UK": "GB", "Great Britain": "GB", "England": "GB",
    "Russian Federation": "RU", "Republic of Korea": "KR", "UAE": "AE", "Holland": "NL", "The Netherlands": "NL",
    "Viet Nam": "VN", "Republic of Moldova": "MD", "Moldova, Republic of": "MD", "Bosnia and Herzegovina": "BA",
}  # fmt: skip


def code(value) -> str:
    """The ISO code of a country by its code or its English name. Raises Wrong."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise Wrong(say("This field is required."), codes.REQUIRED)
    found = text.upper() if text.upper() in NAMES else _by_name().get(compared(text))
    if found is None:
        raise Wrong(
            say("“{value}” is no country. Give its English name or ISO code, such as Austria or AT.", value=text[:40]),
            codes.NOT_LISTED,
        )
    return found


def name(iso: str) -> str:
    """The English name of an ISO code."""
    return NAMES.get(iso, iso)


@cache
def _by_name() -> dict[str, str]:
    """As they are called here, and as Unicode calls them."""
    import babel  # Who names no country waits for none of it.

    called = {str(name): str(iso) for iso, name in babel.Locale("en").territories.items() if iso in NAMES}
    ways = called | {name: iso for iso, name in NAMES.items()} | _OTHER_NAMES
    return {compared(name): iso for name, iso in ways.items()}
