"""An area brings data, and the registries have it: nothing else names it. Two areas never bring the same."""

from datetime import timedelta

import pytest

from portal import clock
from portal.database import Statement
from portal.domain import verify
from portal.domain.accounts.notifications import choices
from portal.domain.accounts.tokens import permits
from portal.domain.areas import Area, Check, FactKind, Named, NoticeKind, Thing, joined
from portal.domain.events import history, kinds, log, things
from portal.domain.events.history import Filter
from portal.domain.events.tables import Event
from portal.domain.keeping import keeping
from portal.domain.keeping.ageing import Own
from portal.domain.schema import AREAS, AS_SHOWN
from portal.domain.search import search
from portal.domain.search.sources import named

forgotten: list[int] = []


def forget(most: int) -> int:
    forgotten.append(most)
    return 0


GARDEN = Area(
    facts={"bed.dug": "Bed dug"},
    kinds={"garden": FactKind("Garden", ("bed.",))},
    things=(
        Thing(
            "bed",
            Statement(
                """SELECT slug AS thing_id, name, 'here' AS stands FROM partner WHERE slug IN :ids AND id = :partner""",
                row=Named,
            ),
        ),
    ),
    searches=(
        named(
            "bed", "b.slug AS key, b.name, '' AS note, '' AS of", "partner b WHERE b.id = :partner",
            {"b.slug": "text"}, ("b.name",), "b.id",
        ),
    ),
    promises=(Check("Bed {slug} belongs to nobody.", "SELECT slug FROM partner WHERE slug = 'acme'"),),
    keeping=(Own("weeds", timedelta(days=1), forget),),
    permits={"Garden:Beds:Read": "Read beds"},
    notices={"sprout": NoticeKind("Grow", "Something sprouts")},
)  # fmt: skip
WITH_GARDEN = (*AS_SHOWN, GARDEN)


def test_its_facts_are_filtered_by_its_kind_and_have_names(world):
    Event.create(
        partner=world.acme.id, type="bed.dug", thing="bed", thing_id="acme", actor="system", data={}, at=clock.now()
    )
    log.give_positions()
    types = kinds.types_of("garden", WITH_GARDEN)
    assert types == ("bed.dug",)
    found = history.page(world.acme.id, Filter(types=types)).rows
    assert [(row.thing, row.thing_id) for row in found] == [("bed", "acme")]
    known = things.by_kind(WITH_GARDEN)
    assert things.called(world.acme.id, [("bed", "acme")], known)["bed", "acme"].name == world.acme.partner.name
    assert things.called(world.rival.id, [("bed", "acme")], known) == {}


def test_its_things_are_found(world):
    sources = search.searched(WITH_GARDEN)
    hits = search.find(world.acme.id, "owner", "acme", sources)
    assert ("bed", "acme") in [(hit.kind, hit.key) for hit in hits]


def test_its_promises_are_held_and_its_rows_age(world):
    assert verify.faults(verify.promises(WITH_GARDEN)) == ["Bed acme belongs to nobody."]
    forgotten.clear()
    keeping.forget_old(7, WITH_GARDEN)
    assert forgotten == [7]


def test_its_permits_and_notices_can_be_chosen():
    assert list(permits.permits(WITH_GARDEN))[-1] == "Garden:Beds:Read"
    assert choices.kinds(WITH_GARDEN)["sprout"].side == "Grow"


@pytest.mark.parametrize("of", ["facts", "kinds", "permits", "notices"])
def test_two_areas_never_bring_the_same_key(of):
    with pytest.raises(ValueError, match="Two areas bring"):
        joined(getattr(area, of) for area in (*WITH_GARDEN, GARDEN))


@pytest.mark.parametrize(
    ("of", "key"), [("things", "kind"), ("searches", "kind"), ("promises", "sentence"), ("tables", "__name__")]
)
def test_nor_the_same_thing_search_promise_or_table(of, key):
    keys = [getattr(brought, key) for area in AREAS for brought in getattr(area, of)]
    assert len(keys) == len(set(keys))
