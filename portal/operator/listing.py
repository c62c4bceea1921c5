"""What the operator's lists read from their address."""

from collections.abc import Collection

from flask import request

_LONGEST_TEXT = 254


def text(name: str) -> str:
    """What was searched for."""
    return request.args.get(name, "").strip()[:_LONGEST_TEXT]


def one_of(name: str, known: Collection[str]) -> str:
    """One of the known words, or nothing."""
    said = request.args.get(name, "")
    return said if said in known else ""


def place() -> tuple[int | None, int | None]:
    """Before and after which row the page stands."""
    return request.args.get("before", type=_key), request.args.get("after", type=_key)


def _key(said: str) -> int | None:
    """A number that can be a row's id."""
    number = int(said)
    return number if 0 < number < 2**63 else None
