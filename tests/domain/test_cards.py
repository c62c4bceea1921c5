"""Cards of customers: their numbers, their moves, and who gets one."""

import re
from contextlib import nullcontext

import pytest

from portal.database import database, transaction
from portal.domain.cards.cards import cards, found, serials
from portal.domain.cards.cards import lists as card_lists
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.history import shown
from portal.domain.cards.operations import booking, moving
from portal.domain.cards.templates import lists
from portal.domain.cards.templates.tables import CardField
from portal.domain.errors import Invalid, NotFound, Refused, Taken
from portal.domain.members import members, merging
from portal.domain.members.tables import Member
from portal.domain.totals import totals
from portal.domain.totals.tables import ListTotal
from portal.domain.verify import faults
from tests.support import loyalty


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    "typed",
    ["939829-317-169", "939829317169", " 939829 317 169 ", "939829–317–169", "９３９８２９317169", "٩٣٩٨٢٩317169"],
)
def test_a_number_is_one_in_any_notation(typed):
    assert serials.normal(typed) == "939829-317-169"


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("typed", ["", "1", "93982931716", "9398293171690", "93982931716x", "²³⁹829317169x"])
def test_what_cannot_be_a_number_is_none(typed):
    assert serials.normal(typed) is None


def test_a_lost_card_is_moved_and_leads_to_the_new_one(world):
    card = loyalty.card(world.acme)
    with transaction():
        newer = cards.moved(card)
    old = cards.find(world.acme.id, card.serial)
    assert (old.moved_to_id, old.deleted_at is not None, newer.member_id) == (newer.id, True, card.member_id)
    assert newer.key != card.key
    with pytest.raises(Refused, match=newer.serial):
        cards.set_expiration(old, None)
    assert faults() == []


def ends_deleted(card: Card, holder: Member) -> None:
    cards.delete(card)


def ends_erased(card: Card, holder: Member) -> None:
    members.erase(card.member)


def ends_merged(card: Card, holder: Member) -> None:
    cards.issue(holder.partner_id, holder.id, card.template_id, [{"id": 1, "value": "another"}])
    merging.merge(card.member, holder)


def ends_moved(card: Card, holder: Member) -> None:
    moving.move(card, source="portal")


def ends_merged_into_none(card: Card, holder: Member) -> None:
    cards.issue(holder.partner_id, holder.id, card.template_id)
    merging.merge(card.member, holder)


@pytest.mark.parametrize(
    ("ends", "is_free"),
    [
        (ends_deleted, True),
        (ends_erased, True),
        (ends_merged, True),
        (ends_moved, False),
        (ends_merged_into_none, False),
    ],
)
def test_an_answer_that_may_be_given_once_is_free_again_with_its_card_and_not_where_it_went_along(world, ends, is_free):
    template = loyalty.template(world.acme)
    CardField.create(id=1, template=template, name="Plate", kind="text", place=1, is_unique=True)
    answer = [{"id": 1, "value": "AB 1"}]
    first, holder, other = (loyalty.customer(world.acme, name) for name in ("Mia", "Mia Berger", "Omar"))
    card = cards.issue(world.acme.id, first.id, template.id, answer)
    ends(card, holder)
    with nullcontext() if is_free else pytest.raises(Invalid, match="given once"):
        cards.issue(world.acme.id, other.id, template.id, answer)
    assert faults() == []


@pytest.mark.engine("postgresql")
def test_a_booking_writes_the_card_where_it_stands_though_its_page_is_full(world):
    card = loyalty.card(world.acme)
    with transaction():
        for number in range(80):  # a page takes some thirty
            member = loyalty.customer(world.acme, f"Mia {number}")
            Card.create(
                partner=world.acme.id, template=card.template_id, member=member, serial=serials.new(), share_key=number
            )
    page = "SELECT (ctid::text::point)[0] FROM card WHERE id = %s"
    before = database.execute_sql(page, (card.id,)).fetchone()
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1))
    assert database.execute_sql(page, (card.id,)).fetchone() == before


def test_of_an_archived_template_no_card_is_issued(world):
    template = loyalty.template(world.acme, archived_at=1)
    with pytest.raises(Refused, match="archived"):
        cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id)


def test_who_was_merged_gets_the_card_of_who_they_are(world):
    present = loyalty.customer(world.acme)
    former = loyalty.customer(world.acme, merged_into=present)
    assert cards.issue(world.acme.id, former.id, loyalty.template(world.acme).id).member_id == present.id


def test_nobody_elses_customer_and_no_erased_one_gets_a_card(world):
    template = loyalty.template(world.acme)
    for member in (loyalty.customer(world.rival), loyalty.customer(world.acme, erased_at=1)):
        with pytest.raises(NotFound):
            cards.issue(world.acme.id, member.id, template.id)


def test_a_number_that_another_card_has_is_refused(world):
    card, template = loyalty.card(world.acme), loyalty.template(world.acme)
    with pytest.raises(Taken):
        cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id, serial=card.serial)
    assert Card.select().count() == 1


def test_a_total_of_cards_that_tells_others_than_there_are_is_found(world):
    loyalty.card(world.acme)
    assert faults() == []
    totals.add(world.acme.id, "cards", 1)
    assert faults() == ["Partner acme: the list of cards tells 2, but there are 1."]


def test_a_total_of_a_template_that_tells_others_than_there_are_is_found(world):
    card = loyalty.card(world.acme)
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1))
    cards.note_installed(card)
    assert faults() == []
    for kind in ("cards", "installed", "operations"):
        ListTotal.update(total=ListTotal.total + 1).where(
            ListTotal.within == card.template_id, ListTotal.kind == kind
        ).execute()
    uuid = card.template.uuid
    assert faults() == [
        f"Template {uuid}: 2 {what} are told, but there are 1." for what in ("cards", "installed cards", "operations")
    ]


def test_what_a_template_has_is_counted_with_each_card_and_operation(world):
    template = loyalty.template(world.acme)
    held, other = (
        cards.issue(world.acme.id, loyalty.customer(world.acme, name).id, template.id) for name in ("Mia", "Omar")
    )
    loyalty.card(world.acme)
    cards.note_installed(held)
    booking.book(world.acme.id, held.serial, booking.Asked("add-stamp", 1))
    assert lists.figures(template) == (2, 1)
    cards.delete(other)
    assert lists.figures(template) == (1, 1)
    with transaction():
        cards.moved(held)
    assert lists.figures(template) == (1, 0) and lists.touched(template) == 1
    assert shown.page(world.acme.id, 10, 0, {"template": template.id})[1] == 1


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (found._OF_MEMBER, "card_of_member"),
        (card_lists._page(("member",)), "card_of_member"),
        (card_lists._count(("member",)), "card_of_member"),
        (card_lists._page(("template",)), "card_of_template"),
        (shown._page(("template",)), "COVERING INDEX card_operation_of_template"),
        (lists._OPERATIONS, "COVERING INDEX card_operation_of_template"),
    ],
)
def test_what_one_customer_or_template_has_is_looked_for_by_an_index_of_its_own(world, statement, index):
    given = {name[1:]: 1 for name in re.findall(r":[a-z]+", statement.text)}
    plan = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {statement.text}", given)]
    assert any(index in step for step in plan), plan
    assert not any(" c USING INDEX card_of_partner" in step for step in plan), plan
