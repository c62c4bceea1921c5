"""Lists of customers cost what a page costs, however many customers there are: each filter walks an index, in its order."""

from datetime import timedelta

import pytest

from portal import clock
from portal.database import database
from portal.domain import verify
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.customers import duplicates, lists, seen
from portal.domain.cards.customers.filters import HAS_CARD, HAS_NONE, Filter
from portal.domain.cards.operations import booking, reversing
from portal.domain.cards.segments import rules, segments
from portal.domain.members import members, merging
from portal.domain.members.tables import Member, MemberLikeness
from tests.support import loyalty

DAY = 86_400
_OTHERS = """SELECT indexname FROM pg_indexes WHERE tablename IN ('card', 'member') AND indexdef NOT LIKE 'CREATE UNIQUE%%'
    AND indexname <> %s"""
BORN = {"first_name": "Zoë", "surname": "Müller", "date_of_birth": "1990-09-24"}


@pytest.fixture
def plans(world):
    """How each read from now on is gone about. PostgreSQL is told to leave out reading a whole table, and sorting."""
    told: list[str] = []
    is_sqlite = database.param == "?"

    def explain(event):
        if event.sql.startswith("SELECT"):
            asked = f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{event.sql}"
            told.append("\n".join(str(row[-1]) for row in database.execute_sql(asked, event.params).fetchall()))

    database.obj.query_hooks.append(explain)
    with database.atomic() as nothing:
        for way in () if is_sqlite else ("seqscan", "sort", "bitmapscan"):
            database.execute_sql(f"SET LOCAL enable_{way} = off")
        yield told
        nothing.rollback()
    database.obj.query_hooks.remove(explain)


def leave_out_all_but(index: str) -> None:
    """Of few rows PostgreSQL takes any index, once it has counted them. Until the end of the test."""
    if database.param != "?":
        database.execute_sql("ANALYZE")
        if index.startswith("member_by_"):  # It takes their numbers, too.
            database.execute_sql("ALTER TABLE member DROP CONSTRAINT member_pkey CASCADE")
        for (name,) in database.execute_sql(_OTHERS, (index,)).fetchall():
            database.execute_sql(f"DROP INDEX {name}")


def walks(told: str, index: str) -> None:
    assert index in told, told
    assert "ORDER BY" not in told and "Sort  " not in told, told


def chosen_by(word: str, world) -> Filter:
    if word in (HAS_CARD, HAS_NONE):
        return Filter(cards=word)
    if word == "unseen for days":
        return Filter(unseen_days=30)
    if word == "put into a segment":
        return Filter(segment=segments.make(world.acme.id, word))
    template = loyalty.template(world.acme)
    if word == "of a template":
        return Filter(template=template.id)
    of_template = template.id if word in rules.OF_TEMPLATE else None
    number = 30 if word in rules.WITH_NUMBER else None
    return Filter(segment=segments.make(world.acme.id, word, word, number, of_template))


@pytest.mark.parametrize(
    ("word", "index"),
    [
        (HAS_CARD, "member_by_having_cards"), (HAS_NONE, "member_by_having_cards"), ("unseen for days", "member_by_seen"),
        ("of a template", "card_once_a_template"), (rules.UNSEEN, "member_by_seen"), (rules.BIRTHDAY, "member_by_birth_month"),
        (rules.TEMPLATE, "card_once_a_template"), (rules.BALANCE, "card_once_a_template"), (rules.SPENT, "card_once_a_template"),
        ("put into a segment", "segment_member_segment_id_member_id"),
    ],
)  # fmt: skip
def test_each_filter_walks_an_index_in_its_order(world, plans, word, index):
    chosen = chosen_by(word, world)
    member = loyalty.customer(world.acme).id
    leave_out_all_but(index)
    for read in (
        lambda: lists.page(world.acme.id, chosen),
        lambda: lists.page(world.acme.id, chosen, before=member),
        lambda: lists.page(world.acme.id, chosen, after=member),
        lambda: list(lists.each(world.acme.id, chosen)),
        lambda: lists.count(world.acme.id, chosen),
    ):
        plans.clear()
        read()
        walks(plans[-1], index)


def test_who_may_be_there_twice_is_not_looked_for_among_all(world, plans):
    plans.clear()
    duplicates.suggested(world.acme.id)
    by_name, by_mail = (told for told in plans if "member_likeness" in told)
    for told, index in ((by_name, "member_by_name_key"), (by_mail, "member_by_mail_key")):
        walks(told, "member_likeness_of_several")
        assert told.count(index) == 2, told


def is_told_to_have_one(member) -> bool:
    assert verify.faults() == []
    return Member.get_by_id(member.id).has_card


def test_a_customer_has_a_card_from_the_first_to_the_last(world):
    anna, mia = (loyalty.customer(world.acme, name) for name in ("Anna", "Mia"))
    assert not is_told_to_have_one(anna)
    first, second = (cards.issue(world.acme.id, anna.id, loyalty.template(world.acme, name=name).id) for name in "AB")
    cards.delete(first)
    assert is_told_to_have_one(anna)
    merging.merge(anna, mia)
    assert (is_told_to_have_one(anna), is_told_to_have_one(mia)) == (False, True)
    cards.delete(Card.get_by_id(second.id))
    assert not is_told_to_have_one(mia)
    cards.issue(world.acme.id, mia.id, loyalty.template(world.acme, name="C").id)
    members.erase(Member.get_by_id(mia.id))
    assert not is_told_to_have_one(mia)


def unseen(world, days: int = 30) -> list[str]:
    chosen = Filter(unseen_days=days)
    rows = lists.page(world.acme.id, chosen).rows
    assert lists.count(world.acme.id, chosen) == len(rows) and list(lists.each(world.acme.id, chosen)) == rows
    assert verify.faults() == []
    return [row.first_name for row in rows]


def test_who_was_here_lately_is_not_among_those_not_seen_whether_the_rows_have_caught_up_or_not(world):
    card = loyalty.card(world.acme)
    early, late = card.member.first_name, loyalty.customer(world.acme, "Late").first_name
    with clock.acting(31 * DAY):
        assert unseen(world) == [late, early]
        operation = booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1))
        assert unseen(world) == [late]
        assert seen.catch_up() and not seen.catch_up()
        assert unseen(world) == [late]
        noted = Member.get_by_id(card.member_id).seen_at
        assert noted > clock.now() - timedelta(minutes=2)
        booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1))
        seen.catch_up()
        assert Member.get_by_id(card.member_id).seen_at == noted  # once a day
    with clock.acting(70 * DAY):
        assert unseen(world) == [early, late]
        reversing.reverse(world.acme.id, operation.id, source="portal")
        while seen.catch_up(1):
            pass
        assert unseen(world) == [late] and unseen(world, 90) == []


def test_what_the_portal_does_by_itself_is_nobodys_visit(world):
    card = loyalty.card(world.acme)
    with clock.acting(31 * DAY):
        booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1, source="system"))
        seen.catch_up()
        assert unseen(world) == [card.member.first_name]


def test_a_page_of_those_not_seen_goes_on_where_the_one_before_ended(world, monkeypatch):
    monkeypatch.setattr("portal.domain.lists.key_pages.MOST", 2)
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    for number in range(5):
        loyalty.customer(world.acme, f"N{number}")
    same = clock.now()
    Member.update(seen_at=same).where(Member.first_name.in_(["N1", "N2", "N3"])).execute()
    with clock.acting(31 * DAY):
        chosen = Filter(unseen_days=30)
        shown, page = [], lists.page(world.acme.id, chosen)
        shown += page.rows
        while page.older_than:
            page = lists.page(world.acme.id, chosen, before=page.older_than)
            shown += page.rows
        assert len({row.id for row in shown}) == len(shown) == 5
        assert list(lists.each(world.acme.id, chosen)) == shown
        back = lists.page(world.acme.id, chosen, after=shown[4].id)
        assert back.rows == shown[2:4]


def pairs(world) -> list[tuple[int, int, bool]]:
    assert verify.faults() == []
    return [tuple(pair) for pair in duplicates.suggested(world.acme.id)]


def test_those_who_are_alike_are_suggested_for_as_long_as_they_are(world):
    one, two, three = (members.create(world.acme.id, BORN | {"mail": mail}) for mail in ("a.b@gmail.com", None, None))
    assert pairs(world) == [(one.id, three.id, True)]
    members.change(two, {"mail": "ab+shop@gmail.com", "surname": "Maier"})
    assert pairs(world) == [(one.id, three.id, True), (one.id, two.id, False)]
    members.change(three, {"date_of_birth": None})
    assert pairs(world) == [(one.id, two.id, False)]
    members.change(two, {"surname": "MULLER"})
    assert pairs(world) == [(one.id, two.id, True)]  # by both: told once
    merging.merge(two, one)
    assert pairs(world) == []
    again = members.create(world.acme.id, BORN)
    assert pairs(world) == [(one.id, again.id, True)]
    members.erase(again)
    members.erase(Member.get_by_id(one.id))
    members.erase(three)
    assert pairs(world) == [] and MemberLikeness.select().count() == 0


def test_what_only_the_other_one_had_is_what_both_are_compared_by(world):
    named, born = members.create(world.acme.id, {**BORN, "date_of_birth": None}), members.create(world.acme.id, BORN)
    other = members.create(world.acme.id, BORN)
    merging.merge(born, named)
    assert pairs(world) == [(named.id, other.id, True)]
    assert Member.get_by_id(named.id).birth_month == 9
