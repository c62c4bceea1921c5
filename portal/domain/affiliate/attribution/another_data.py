"""What a deal's `another_data` says: whose link it came by, by which click, and who the customer is (contract: affiliate)."""

from urllib.parse import parse_qsl

LONGEST_CUSTOMER = 255
_UID_NAMES = ("myshare", "uid", "ref")


def pairs_of(another_data: str | None) -> dict[str, str]:
    """Its names and values; of one that is said twice the first."""
    pairs: dict[str, str] = {}
    for name, value in parse_qsl(_query(another_data or ""), keep_blank_values=True, max_num_fields=None):
        if "\x00" not in value:  # `%00` is no text that a database keeps, and nobody's uid.
            pairs.setdefault(name, value)
    return pairs


def uids(pairs: dict[str, str]) -> list[str]:
    """The uids that it names, the one that counts first."""
    return [pairs[name] for name in _UID_NAMES if pairs.get(name)]


def customer(pairs: dict[str, str]) -> str | None:
    """The customer that it names, unless it is too long to be kept."""
    named = pairs.get("customer") or None
    return named if named is None or len(named) <= LONGEST_CUSTOMER else None


def _query(said: str) -> str:
    """The query string; shops also pass it with its question mark, or the whole address that the customer came to."""
    if said.lower().startswith(("https://", "http://")):
        return said.partition("?")[2].partition("#")[0]
    return said.lstrip("?")
