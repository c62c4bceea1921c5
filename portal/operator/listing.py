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
