"""Counting the queries of a request."""

from portal.database import database


def queries(action) -> int:
    """How many queries the action makes."""
    seen = []
    hook = lambda *args, **kwargs: seen.append(args)  # noqa: E731
    database.obj.query_hooks.append(hook)
    try:
        action()
    finally:
        database.obj.query_hooks.remove(hook)
    return len(seen)
