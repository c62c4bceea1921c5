"""Sixteen people start one import of customers, and sixteen workers work at it: it is begun once, and each line comes once."""

import pytest

from portal.domain.cards.imports import imports
from portal.domain.cards.imports import work as import_work
from portal.domain.cards.imports.tables import CardImport
from portal.domain.events.tables import Event
from portal.domain.members.tables import Member
from tests.races.control import is_lost
from tests.support import loyalty

pytestmark = pytest.mark.races
MANY = 20


def checked(merchant, name: str = "race") -> str:
    """A file whose lines make a customer and a card each; its import."""
    with merchant.server.connected():
        lines = "".join(f"Mia,{name}{number}@shop.example,7\n" for number in range(MANY))
        template = loyalty.template(merchant.partner, 7)
        text = f"firstName,email,bonusBalance\n{lines}"
        uuid = imports.start(merchant.partner.id, "race.csv", text.encode(), template=template).uuid
        while import_work.work_due():
            pass
    return uuid


def told(merchant, fact: str) -> int:
    with merchant.server.connected():
        return Event.select().where(Event.partner == merchant.partner, Event.type == fact).count()


def test_an_import_is_begun_brought_in_and_undone_once_whoever_presses_at_once(merchant, crowd):
    uuid = checked(merchant)
    for task, fact, counted in (
        ("confirm_import", "customer_import.confirmed", {"done": MANY, "undone": 0}),
        ("undo_import", "customer_import.undo_asked", {"done": MANY, "undone": MANY}),
    ):
        assert sum(crowd.all(task, merchant.partner.id, uuid)) == told(merchant, fact) == 1
        crowd.all("work_at_customer_imports")
        with merchant.server.connected():
            found = CardImport.get(CardImport.uuid == uuid)
            assert {name: getattr(found, name) for name in counted} == counted and found.failed == found.stayed == 0
    assert told(merchant, "member.created") == told(merchant, "member.erased") == MANY
    with merchant.server.connected():
        assert Member.select().where(Member.partner == merchant.partner).count() == MANY


def test_without_the_guard_an_import_is_begun_twice(unguarded, unguarded_crowd):
    begun = lambda name: unguarded_crowd.all("confirm_import", unguarded.partner.id, checked(unguarded, name))  # noqa: E731
    assert is_lost(lambda name: sum(begun(name)) > 1)
