"""Lists paged by key: newest first, the next page in a Link header."""

from typing import NamedTuple, Protocol
from urllib.parse import urlencode

from flask import current_app, request

from portal.api import prose
from portal.api.fields import NO_CURSOR, Body, Page, cursor_after
from portal.api.idempotency import Reply
from portal.domain.errors import Invalid

_NEWEST = 2**63 - 1


class Asked(Protocol):
    """A query that asks for so many to a page."""

    limit: int


class Paging(NamedTuple):
    """How a family pages its lists: the query that asks for a page, and the headers that lead to others."""

    query: type[Body]
    headers: dict


BY_KEY = Paging(Page, {"Link": {"description": prose.NEXT_PAGE, "schema": {"type": "string"}}})


def paged(read, query: Page, shown) -> Reply:
    """A page of `read(before=id below, most=number)`, shown by `shown(rows)`; one more is read to know of a next page.

    A row's `id` is its place; a thing may have several rows that follow one another.
    """
    cursor = _NEWEST if query.cursor is None else place(query.cursor, 1)[0]
    found = read(before=min(cursor, _NEWEST), most=query.limit + 1)
    on_page = set(list(dict.fromkeys(row.id for row in found))[: query.limit])
    rows = [row for row in found if row.id in on_page]
    more = cursor_after(rows[-1].id) if len(rows) < len(found) else None
    return linked(shown(rows), query, more)


def paged_by_change(read, query: Page, shown) -> Reply:
    """A page of `read(after=(moment, id) or None, most=number)`: what changed, the longest unchanged first.

    The place is the moment that was read, not the row's present one: a row that has changed since comes again later.
    """
    found = read(after=None if query.cursor is None else place(query.cursor, 2), most=query.limit + 1)
    rows = found[: query.limit]
    more = cursor_after(rows[-1].modified_at, rows[-1].id) if len(rows) < len(found) else None
    return linked(shown(rows), query, more)


def place(cursor: tuple[int, ...], numbers: int, field: str = "cursor") -> tuple[int, ...]:
    """The cursor, if it is of this kind of list. Raises Invalid for the field that it came in."""
    if len(cursor) != numbers:
        raise Invalid(field, NO_CURSOR)
    return cursor


def linked(body: list, query: Asked, cursor: str | None) -> Reply:
    """A page that leads to the one after it, which begins at the cursor; None where there is none."""
    answer = Reply(body)
    if cursor is not None:
        kept = [
            (name, value) for name, value in request.args.items(multi=True) if name not in ("cursor", "limit") and value
        ]
        more = urlencode([*kept, ("limit", query.limit), ("cursor", cursor)])
        base = current_app.config["SETTINGS"].public_url
        answer.headers["Link"] = f'<{base}{request.path}?{more}>; rel="next"'
    return answer
