"""Addresses of lists: the filters stay while the page, or one filter, changes."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import request

from portal.domain.sentences import say

KEPT = "kept"  # the mark of an answer to a form (`kept_answers`)
_PLACES = ("before", "after")
_BIGGEST = 2**63 - 1


def row_id(text: str) -> int:
    """A row's id as an address names it. Raises ValueError for a number that none can have."""
    number = int(text)
    if not 0 <= number <= _BIGGEST:
        raise ValueError
    return number


def place_asked() -> tuple[int | None, int | None]:
    """Which page of the list the address asks for: that before, or after, the row with this id. None where it says none."""
    before, after = (request.args.get(name, type=row_id) for name in _PLACES)
    return before, after


def asks_for_oldest() -> bool:
    """Whether the address asks for a list that begins with what is oldest."""
    return request.args.get("order") == "oldest"


def with_arguments(**changed) -> str:
    """The address of this list with some arguments changed; None leaves one out, and another filter begins at the top."""
    kept = {name: value for name, value in request.args.items() if value and name not in (*_PLACES, KEPT)}
    arguments = [(name, value) for name, value in (kept | changed).items() if value not in (None, "")]
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path


def chips(labels: Mapping[str, str], shown: Mapping) -> list[tuple[str, str]]:
    """The filters in use in words, each with the address of the list without it: `shown` has their values by name."""
    return [
        (say("{label}: {value}", label=label, value=shown[name]), with_arguments(**{name: None}))
        for name, label in labels.items()
        if shown[name]
    ]


def here(mark: str | None = None) -> str:
    """This very address, all of its arguments, with the mark of a kept answer or with none."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != KEPT]
    arguments += [(KEPT, mark)] if mark else []
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path
