"""Lists paged by key: newest first, the next page in a Link header."""

from typing import NamedTuple
from urllib.parse import urlencode

from flask import current_app, request

from portal.api import prose
from portal.api.fields import LARGEST_PAGE, Body, Page, cursor_after
from portal.api.idempotency import Reply

_NEWEST = 2**63 - 1


class Paging(NamedTuple):
    """How a family pages its lists: the query that asks for a page, and the headers that lead to others."""

    query: type[Body]
    headers: dict


BY_KEY = Paging(Page, {"Link": {"description": prose.NEXT_PAGE, "schema": {"type": "string"}}})


def paged(read, query: Page, shown) -> Reply:
    """A page of `read(before=id below, most=number)`, shown by `shown(rows)`; one more is read to know of a next page.

    A row's `id` is its place; a thing may have several rows that follow one another.
    """
    cursor = query.cursor if query.cursor is not None else _NEWEST
    found = read(before=min(cursor, _NEWEST), most=query.limit + 1)
    on_page = set(list(dict.fromkeys(row.id for row in found))[: query.limit])
    rows = [row for row in found if row.id in on_page]
    answer = Reply(shown(rows))
    if len(rows) < len(found):
        kept = [
            (name, value) for name, value in request.args.items(multi=True) if name not in ("cursor", "limit") and value
        ]
        more = urlencode([*kept, ("limit", min(query.limit, LARGEST_PAGE)), ("cursor", cursor_after(rows[-1].id))])
        base = current_app.config["SETTINGS"].public_url
        answer.headers["Link"] = f'<{base}{request.path}?{more}>; rel="next"'
    return answer
