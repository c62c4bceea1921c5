"""Views of the list of deals: filters under a name, of one person at a partner or of its whole team."""

from typing import NamedTuple

from peewee import IntegrityError

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import is_uuid, new_uuid
from portal.domain.values import checked

MOST = 50  # that one person sees
LONGEST_QUERY = 4000
_FIELDS = {"name": values.printable_text(60)}
_TAKEN = "A view has this name already. Choose another, or rename that one."

_SELECT = "SELECT v.uuid, v.name, v.query, v.person_id IS NULL FROM saved_view v"
_SEEN = "v.partner_id = ? AND (v.person_id IS NULL OR v.person_id = ?)"
_OF = Statement(f"{_SELECT} WHERE {_SEEN} ORDER BY LOWER(v.name), v.id LIMIT ?")
_ONE = Statement(f"{_SELECT} WHERE {_SEEN} AND v.uuid = ?")
_INSERT = Statement(
    """INSERT INTO saved_view (uuid, partner_id, person_id, name, query, created_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING RETURNING id"""
)
_CHANGE = Statement("UPDATE saved_view SET name = ?, person_id = ? WHERE uuid = ? AND partner_id = ?")
_REMOVE = Statement("DELETE FROM saved_view WHERE uuid = ? AND partner_id = ?")


class View(NamedTuple):
    """A view as its list shows it; `query` is what stands behind the question mark."""

    uuid: str
    name: str
    query: str
    is_shared: bool


def of(partner_id: int, person_id: int) -> list[View]:
    """The team's views and the person's own, by name."""
    return [View._make(row) for row in _OF.rows(partner_id, person_id, MOST)]


def find(partner_id: int, person_id: int, uuid: str) -> View:
    """A view that the person sees. Raises NotFound for another's as for a missing one."""
    row = _ONE.row(partner_id, person_id, uuid.lower()) if is_uuid(uuid) else None
    if row is None:
        raise NotFound("view")
    return View._make(row)


def save(partner_id: int, person_id: int, name: str, query: str, is_shared: bool) -> View:
    """Keep filters under a name. Raises Invalid for a name that is taken, Refused when there is nothing to keep or no room."""
    taken = checked({"name": name}, _FIELDS)["name"]
    if not query:
        raise Refused("Nothing is filtered, so there is nothing to keep. Set a filter first.")
    if len(query) > LONGEST_QUERY:
        raise Refused("These filters are too long to be kept. Shorten the search.")
    if len(of(partner_id, person_id)) >= MOST:
        raise Refused(f"There are {MOST} views already. Remove one that nobody needs.")
    uuid = new_uuid()
    with transaction():
        if not _INSERT.row(uuid, partner_id, None if is_shared else person_id, taken, query, clock.micros()):
            raise Invalid("name", _TAKEN)
    return View(uuid, taken, query, is_shared)


def change(partner_id: int, person_id: int, uuid: str, name: str, is_shared: bool) -> View:
    """Rename a view, share it with the team or take it back for oneself. Raises NotFound, Invalid for a name that is taken."""
    view = find(partner_id, person_id, uuid)
    taken = checked({"name": name}, _FIELDS)["name"]
    try:
        with transaction():
            if not _CHANGE.run(taken, None if is_shared else person_id, view.uuid, partner_id):
                raise NotFound("view")
    except IntegrityError:
        raise Invalid("name", _TAKEN) from None
    return View(view.uuid, taken, view.query, is_shared)


def remove(partner_id: int, person_id: int, uuid: str) -> None:
    """Forget a view; no deal is touched. Raises NotFound."""
    view = find(partner_id, person_id, uuid)
    with transaction():
        _REMOVE.run(view.uuid, partner_id)
