"""What a deal's `another_data` says: whose link it came by, by which click, and who the customer is (contract: affiliate).

It is whatever the shop has at hand: the whole address that the customer came to, with its scheme or without, a path with
its query, the query alone, or a fragment.
"""

from urllib.parse import parse_qsl, unquote, urlencode

from portal.domain.affiliate.clicks.addresses import UID_NAMES
from portal.domain.identifiers import UID, normal_code

LONGEST_CUSTOMER = 255
_SHOPS_OWN = UID_NAMES[1:]  # Shops call other things so too, such as their own accounts and where a visit came from.


def pairs_of(another_data: str | None) -> dict[str, str]:
    """Its names and values; of one that is said twice the last.

    A fragment counts for what the query does not name: links write into the query, and a shop's own fragment is older.
    """
    said = _unwrapped(another_data or "")
    query, _, fragment = said.partition("#")
    return _pairs(fragment) | _pairs(query) if fragment else _pairs(query)


def uids(pairs: dict[str, str]) -> list[str]:
    """The uids that it names, the one that counts first."""
    return [pairs[name] for name in UID_NAMES if pairs.get(name)]


def unknown_uid(pairs: dict[str, str]) -> str | None:
    """What it names that looks like a promoter's uid, to be asked when it is nobody's."""
    for name in UID_NAMES:
        code = normal_code(pairs.get(name) or "")
        if code and (name not in _SHOPS_OWN or _is_like_ours(pairs[name].strip())):
            return code
    return None


def _is_like_ours(value: str) -> bool:
    has_letter, has_digit = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    return len(value) == UID and has_letter and (has_digit or value.isupper())


def customer(pairs: dict[str, str]) -> str | None:
    """The customer that it names, unless it is too long to be kept."""
    named = pairs.get("customer") or None
    return named if named is None or len(named) <= LONGEST_CUSTOMER else None


def without_person(another_data: str | None) -> str | None:
    """What of it tells whose link and which click it was, and nothing of who bought."""
    pairs = pairs_of(another_data)
    return urlencode({name: pairs[name] for name in (*UID_NAMES, "click") if pairs.get(name)}) or None


def _unwrapped(said: str) -> str:
    """As it was before somebody encoded it whole, or wrote it into a page."""
    if "=" not in said and "%3d" in said.lower():
        said = unquote(said)
    return said.replace("&amp;", "&")


def _pairs(said: str) -> dict[str, str]:
    pairs = parse_qsl(_query(said), keep_blank_values=True, max_num_fields=None)
    # `%00` is no text that a database keeps, and nobody's uid.
    return {name: value for name, value in pairs if "\x00" not in value}


def _query(said: str) -> str:
    """The query in an address, a path, or a query alone, which may have question marks in its values."""
    place, mark, query = said.strip().partition("?")
    name, equals, _ = place.partition("=")
    if equals and "/" not in name:
        return said.strip()
    return query if mark or "/" in place else place
