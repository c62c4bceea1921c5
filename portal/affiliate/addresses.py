"""Addresses of lists: the filters stay while the page, or one filter, changes."""

from urllib.parse import urlencode

from flask import request

_PLACES = ("before", "after")


def with_arguments(**changed) -> str:
    """The address of this list with some arguments changed; None leaves one out, and another filter begins at the top."""
    kept = {name: value for name, value in request.args.items() if value and name not in _PLACES}
    arguments = [(name, value) for name, value in (kept | changed).items() if value not in (None, "")]
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path
