"""Views of the list of deals: filters under a name, of one person at a partner or of its whole team."""

from typing import NamedTuple

from peewee import IntegrityError

from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.affiliate.deals.tables import SavedView
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import is_uuid
from portal.domain.sentences import say
from portal.domain.values import checked

MOST = 50  # that one person sees
LONGEST_QUERY = 4000
_FIELDS = {"name": values.name(60)}
_TAKEN = say("A view has this name already. Choose another, or rename that one.")


class View(NamedTuple):
    """A view as its list shows it; `query` is what stands behind the question mark."""

    uuid: str
    name: str
    query: str
    is_shared: bool


# Read with every page of the list of deals, where building the text took longer than all else.
_SEEN = Statement(
    f"""SELECT uuid, name, query, person_id IS NULL AS is_shared FROM saved_view
    WHERE partner_id = :partner AND (person_id IS NULL OR person_id = :person) ORDER BY LOWER(name), id LIMIT {MOST}""",
    row=View,
)


def of(partner_id: int, person_id: int) -> list[View]:
    """The team's views and the person's own, by name."""
    return _SEEN.rows(partner=partner_id, person=person_id)


def find(partner_id: int, person_id: int, uuid: str) -> View:
    """A view that the person sees. Raises NotFound for another's as for a missing one."""
    found = _seen(partner_id, person_id).where(SavedView.uuid == uuid.lower()).first() if is_uuid(uuid) else None
    if found is None:
        raise NotFound(say("view"))
    return found


def _seen(partner_id: int, person_id: int):
    is_shared = SavedView.person.is_null()
    views = SavedView.select(SavedView.uuid, SavedView.name, SavedView.query, is_shared.alias("is_shared"))
    whose = SavedView.person.is_null() | (SavedView.person == person_id)
    return views.where(SavedView.partner == partner_id, whose).objects(View)


def save(partner_id: int, person_id: int, name: str, query: str, is_shared: bool) -> View:
    """Keep filters under a name. Raises Invalid for a name that is taken, Refused when there is nothing to keep or no room."""
    taken = checked({"name": name}, _FIELDS)["name"]
    if not query:
        raise Refused(say("Nothing is filtered, so there is nothing to keep. Set a filter first."))
    if len(query) > LONGEST_QUERY:
        raise Refused(say("These filters are too long to be kept. Shorten the search."))
    if len(of(partner_id, person_id)) >= MOST:
        raise Refused(say("There are {most} views already. Remove one that nobody needs.", most=MOST))
    try:
        with transaction():
            view = SavedView.create(
                partner=partner_id, person=None if is_shared else person_id, name=taken, query=query
            )
    except IntegrityError:
        raise Invalid("name", _TAKEN) from None
    return View(view.uuid, taken, query, is_shared)


def change(partner_id: int, person_id: int, uuid: str, name: str, is_shared: bool) -> View:
    """Rename a view, share it with the team or take it back for oneself. Raises NotFound, Invalid for a name that is taken."""
    view = find(partner_id, person_id, uuid)
    taken = checked({"name": name}, _FIELDS)["name"]
    renamed = SavedView.update(name=taken, person=None if is_shared else person_id).where(_is(partner_id, view))
    try:
        with transaction():
            if not renamed.execute():
                raise NotFound(say("view"))
    except IntegrityError:
        raise Invalid("name", _TAKEN) from None
    return View(view.uuid, taken, view.query, is_shared)


def remove(partner_id: int, person_id: int, uuid: str) -> None:
    """Forget a view; no deal is touched. Raises NotFound."""
    view = find(partner_id, person_id, uuid)
    with transaction():
        SavedView.delete().where(_is(partner_id, view)).execute()


def _is(partner_id: int, view: View):
    return (SavedView.uuid == view.uuid) & (SavedView.partner == partner_id)
