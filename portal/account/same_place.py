"""The page that somebody stays on who goes on as another partner, or in test mode: the same list or place, with other data."""

from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from portal.account.places import local_path
from portal.routing import ROLE_KIND


def same_place(shown: str | None) -> str:
    """The page that was shown, if the other partner has it as well; of a thing of the partner's, the list that it stands in.

    What a list was filtered by stays: a filter that fits nothing there is seen, and can be taken away.
    """
    target = local_path(shown)
    path = urlsplit(target).path
    if _everybody_has(path):
        return target
    above = path.rpartition("/")[0]
    while above and not _everybody_has(above):
        above = above.rpartition("/")[0]
    return above or "/"


def _everybody_has(path: str) -> bool:
    """Whether it is a page, and names nothing that is one partner's own."""
    try:
        endpoint, names = current_app.url_map.bind("").match(path, "GET")
    except HTTPException:
        return False
    route = current_app.extensions["route_of"].get(endpoint)
    return route is not None and not route.is_api and not (names and route.access.kind == ROLE_KIND)
