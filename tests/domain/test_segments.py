"""Segments of customers: those whom somebody put into one, and whoever fits a rule at the moment."""

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.cards.customers import lists as customer_lists
from portal.domain.cards.customers.filters import Filter
from portal.domain.cards.operations import booking
from portal.domain.cards.segments import lists, rules, segments
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.members import members
from portal.domain.members.tables import Member, Segment
from tests.affiliate.counting import queries
from tests.support import loyalty


@pytest.fixture
def card(world):
    """Two stamps on a card of somebody's."""
    card = loyalty.card(world.acme)
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 2))
    return card


def of(member):
    return [segment.name for segment in lists.of_members([member.id]).get(member.id, [])]


def listed(segment):
    chosen = Filter(segment=segment)
    rows = customer_lists.page(segment.partner_id, chosen).rows
    assert customer_lists.count(segment.partner_id, chosen) == len(rows)
    return [row.id for row in rows]


def test_people_are_put_into_a_segment_and_taken_out(world, card):
    regulars, anna = segments.make(world.acme.id, "Regulars"), members.create(world.acme.id, {"first_name": "Anna"})
    assert [segments.put(regulars, anna) for _ in range(2)] == [True, False]
    assert of(anna) == ["Regulars"] and of(card.member) == [] and listed(regulars) == [anna.id]
    assert [(one.segment.name, one.customers) for one in lists.counted(world.acme.id)] == [("Regulars", 1)]
    segments.take_out(regulars, anna)
    assert of(anna) == listed(regulars) == []
    segments.put(regulars, anna)
    members.erase(anna)
    assert listed(regulars) == [] and verify.faults() == []
    with pytest.raises(NotFound):
        segments.put(regulars, Member.get_by_id(anna.id))


@pytest.mark.parametrize("rule", list(rules.RULES))
def test_whoever_fits_a_rule_at_the_moment_is_in_its_segment(world, card, rule):
    template = card.template_id if rule in rules.OF_TEMPLATE else None
    segment = segments.make(world.acme.id, rule, rule, 2 if rule in rules.WITH_NUMBER else None, template)
    anna = members.create(world.acme.id, {"first_name": "Anna"})
    fits = {rules.TEMPLATE, rules.BALANCE}
    assert (of(card.member), of(anna)) == (([rule], []) if rule in fits else ([], []))
    other = f"{clock.now().month % 12 + 1:02}"
    members.change(anna, {"date_of_birth": f"1990-{clock.now():%m}-03"})
    members.change(card.member, {"date_of_birth": f"1990-{other}-03"})
    Member.update(created_at=clock.EPOCH, seen_at=clock.EPOCH).execute()
    fits |= {rules.UNSEEN, rules.BIRTHDAY}
    expected = {rules.UNSEEN: anna, rules.BIRTHDAY: anna}.get(rule, card.member if rule in fits else None)
    assert listed(segment) == ([expected.id] if expected else [])
    if rule in rules.OF_TEMPLATE:
        assert listed(segments.make(world.acme.id, "More", rule, 3 if rule != rules.TEMPLATE else None, template)) == (
            [card.member_id] if rule == rules.TEMPLATE else []
        )
    with pytest.raises(Refused):
        segments.put(segment, anna)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("rule", ("weather", None, None)), ("number", ("unseen", None, None)), ("number", ("unseen", 0, None)),
        ("number", ("unseen", 3651, None)), ("number", ("birthday", 3, None)), ("template", ("template", None, None)),
        ("template", ("template", None, 999_999)), ("template", ("unseen", 3, 1)), ("name", ("", None, None)),
    ],
)  # fmt: skip
def test_a_rule_that_says_too_little_or_too_much_is_refused(world, field, given):
    with pytest.raises(Invalid) as refused:
        segments.make(world.acme.id, "" if field == "name" else "Name", *given)
    assert refused.value.field == field and Segment.select().count() == 0


def test_names_are_told_apart_and_there_are_not_too_many(world, monkeypatch):
    first = segments.make(world.acme.id, "Café")
    with pytest.raises(Invalid, match="this name"):
        segments.make(world.acme.id, "CAFE\u0301")
    assert segments.rename(first, "Bar").name == "Bar"
    monkeypatch.setattr(segments, "MOST", 1)
    with pytest.raises(Refused, match="1 segments"):
        segments.make(world.acme.id, "Another")
    with pytest.raises(NotFound):
        segments.find(world.rival.id, first.id)
    segments.remove(first)
    with pytest.raises(NotFound):
        segments.remove(first)


@pytest.mark.parametrize("verb", [segments.put, lambda segment, _: segments.rename(segment, "B")])
def test_a_segment_that_somebody_else_removed_takes_nobody_and_no_name(world, card, verb):
    segment = segments.make(world.acme.id, "A")
    segments.remove(segment)
    told = Event.select().count()
    with pytest.raises(NotFound):
        verb(segment, card.member)
    assert Event.select().count() == told


def test_the_segments_are_counted_and_told_of_customers_with_as_many_queries_however_many_there_are(world, card):
    def asked():
        return queries(lambda: lists.counted(world.acme.id)) + queries(lambda: of(card.member))

    def told():
        return {one.segment.name: one.customers for one in lists.counted(world.acme.id)}

    def make(number):
        for rule in rules.RULES:
            template = card.template_id if rule in rules.OF_TEMPLATE else None
            more = number if rule in rules.WITH_NUMBER else None
            segments.make(world.acme.id, f"{rule} {number}", rule, more, template)
        segments.put(segments.make(world.acme.id, f"put {number}"), card.member)

    make(2)
    few = asked()
    assert told() == {"balance 2": 1, "birthday 2": 0, "put 2": 1, "spent 2": 0, "template 2": 1, "unseen 2": 0}
    make(3)
    assert asked() == few and len(told()) == 12 and told()["balance 3"] == 0
