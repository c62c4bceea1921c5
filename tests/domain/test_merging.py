"""Somebody who was there twice becomes one: what is on their cards is summed up, both histories are kept, old numbers lead on."""

import pytest

from portal.domain import verify
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.customers import duplicates
from portal.domain.cards.operations import booking
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.segments import segments
from portal.domain.errors import NotFound, Refused
from portal.domain.members import finding, members, merging
from portal.domain.members.tables import Member
from portal.domain.totals import totals
from tests.support import loyalty

PHONE = "+4915123456789"


@pytest.fixture
def twice(world):
    """Anna with a phone, and Anna with a mail address and a name."""
    first = members.create(world.acme.id, {"first_name": "Anna", "phone": PHONE})
    second = members.create(world.acme.id, {"first_name": "Anna", "surname": "Muster", "mail": "anna@example.com"})
    return first, second


def issued(world, member, template, points=0):
    card = cards.issue(world.acme.id, member.id, template.id)
    if points:
        booking.book(world.acme.id, card.serial, booking.Asked("add-scores", points))
    return card


def test_cards_of_one_template_become_one_with_what_was_on_both(world, twice):
    first, second = twice
    points, other = loyalty.template(world.acme, 7), loyalty.template(world.acme, 0)
    mine, theirs = issued(world, first, points, 100), issued(world, second, points, 200)
    stamps = issued(world, second, other)
    merging.merge(second, first)
    mine, theirs = Card.get_by_id(mine.id), Card.get_by_id(theirs.id)
    assert (mine.bonus, theirs.bonus, theirs.moved_to_id, theirs.deleted_at is None) == (300, 0, mine.id, False)
    assert Card.get_by_id(stamps.id).member == first and Card.get_by_id(stamps.id).deleted_at is None
    assert {operation.member_id for operation in CardOperation.select()} == {first.id}
    with pytest.raises(Refused, match=mine.serial):
        booking.book(world.acme.id, theirs.serial, booking.Asked("add-scores", 1))
    assert totals.of(world.acme.id, "customers") == 1 and totals.of(world.acme.id, "cards") == 2
    assert verify.faults() == []


def test_the_one_who_stays_takes_over_what_they_lacked_and_old_ids_lead_there(world, twice):
    first, second = twice
    regulars = segments.make(world.acme.id, "Regulars")
    segments.put(regulars, second)
    kept = merging.merge(second, first)
    assert (kept.uuid, kept.phone, kept.mail, kept.surname) == (first.uuid, PHONE, "anna@example.com", "Muster")
    acme = world.acme.id
    for known in ({"uuid": second.uuid}, {"uuid": first.uuid}, {"mail": "anna@example.com"}, {"phone": PHONE}):
        assert finding.one(acme, **known) == first.id
    assert members.find(acme, second.uuid) == first
    third = members.create(acme, {"first_name": "Anna"})
    merging.merge(first, third)
    assert members.find(acme, second.uuid) == members.find(acme, first.uuid) == third
    members.erase(third)
    with pytest.raises(NotFound):
        members.find(acme, second.uuid)
    assert verify.faults() == []


def test_a_password_goes_to_nobody_else(world, twice):
    first, second = twice
    Member.update(password_hash="theirs").where(Member.id == second.id).execute()
    Member.update(mail="other@example.com").where(Member.id == first.id).execute()
    assert merging.merge(second, first).password_hash is None


def test_nobody_is_merged_with_themselves_a_stranger_or_who_is_gone(world, twice):
    first, second = twice
    stranger = members.create(world.rival.id, {"first_name": "Anna"})
    for other in (first, stranger):
        with pytest.raises(Refused):
            merging.merge(first, other)
    members.erase(second)
    for gone, kept in ((first, second), (second, first)):
        with pytest.raises(NotFound):
            merging.merge(gone, kept)
    assert Member.get_by_id(first.id).phone == PHONE and verify.faults() == []


@pytest.mark.parametrize(("kind", "mechanics"), list(loyalty.NEEDS))
def test_cards_of_every_type_are_merged(world, twice, kind, mechanics):
    template = loyalty.template(world.acme, kind, mechanics)
    for member in twice:
        issued(world, member, template)
    merging.merge(*twice)
    assert Card.select().where(Card.deleted_at.is_null()).count() == 1 and verify.faults() == []


def test_who_may_be_there_twice_is_suggested_where_the_tariff_looks_for_them(world):
    given = {"first_name": "Zoë", "surname": "Müller", "date_of_birth": "1990-09-24"}
    older, newer = (members.create(world.acme.id, given | {"first_name": name}) for name in ("Zoë", "ZOE"))
    mails = (
        "anna.muster@gmail.com",
        "annamuster+shop@googlemail.com",
        "omar@example.com",
        "omar+x@example.com",
        "o@example.com",
    )
    boxes = [members.create(world.acme.id, {"first_name": "A", "mail": mail}).id for mail in mails]
    members.create(world.rival.id, given)
    assert duplicates.suggested(world.acme.id) == [
        (older.id, newer.id, True), *(pair for pair in [(boxes[2], boxes[3], False), (boxes[0], boxes[1], False)])
    ]  # fmt: skip
    merging.merge(newer, older)
    assert len(duplicates.suggested(world.acme.id)) == 2
