"""Countries by their English names and ISO codes."""

from functools import cache

from portal.domain import codes
from portal.domain.sentences import say
from portal.domain.typed.texts import compared
from portal.domain.values import Wrong

_OTHER_NAMES = {
    "usa": "US", "united states of america": "US", "america": "US", "uk": "GB", "great britain": "GB", "england": "GB",
    "russian federation": "RU", "czech republic": "CZ", "turkey": "TR", "south korea": "KR", "republic of korea": "KR",
    "uae": "AE", "holland": "NL", "the netherlands": "NL", "macedonia": "MK", "viet nam": "VN", "hong kong": "HK", "macau": "MO",
    "bosnia and herzegovina": "BA", "republic of moldova": "MD", "moldova, republic of": "MD",
}  # fmt: skip
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def code(value) -> str:
    """The ISO code of a country by its code or its English name. Raises Wrong."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise Wrong(say("This field is required."), codes.REQUIRED)
    found = text.upper() if text.upper() in names() else _by_name().get(compared(text))
    if found is None:
        raise Wrong(
            say("“{value}” is no country. Give its English name or ISO code, such as Austria or AT.", value=text[:40]),
            codes.NOT_LISTED,
        )
    return found


def name(iso: str) -> str:
    """The English name of an ISO code."""
    return names().get(iso, iso)


@cache
def names() -> dict[str, str]:
    """The English name of each ISO code, by name."""
    import babel  # Who names no country waits for none of it.

    known = {str(iso): name for iso, name in babel.Locale("en").territories.items()}
    found = {iso: known[iso] for iso in known if len(iso) == 2 and iso.isalpha() and iso not in _NO_COUNTRIES}
    return dict(sorted(found.items(), key=lambda item: item[1]))


@cache
def _by_name() -> dict[str, str]:
    return {compared(text): iso for iso, text in names().items()} | {
        compared(text): iso for text, iso in _OTHER_NAMES.items()
    }
