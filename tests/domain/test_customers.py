"""Customers: what is taken, who is the same, and what is left of somebody who was erased."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest

from portal import clock
from portal.cards import sentences
from portal.database import Statement, database
from portal.domain import verify
from portal.domain.accounts.partners import partners, profile
from portal.domain.accounts.tables import Partner
from portal.domain.cards.cards import cards, holders, serials
from portal.domain.cards.cards import found as cards_found
from portal.domain.cards.cards.filters import Filter as CardFilter
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.customers import lists
from portal.domain.cards.customers.filters import Filter
from portal.domain.cards.operations import booking, moving
from portal.domain.errors import Invalid, NotFound, Taken
from portal.domain.members import finding, members, words
from portal.domain.members.details import phones
from portal.domain.members.tables import Member, MemberWord
from portal.domain.search import search
from portal.domain.totals import totals
from portal.domain.typed import beginnings
from portal.domain.values import Wrong
from tests.support import loyalty

BERLIN = "+4915123456789"


def customer(world, **given):
    return members.create(world.acme.id, {"first_name": "Anna", **given})


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("+49 (0)151 23456789", None), ("+49 151-234.567/89", "US"), ("0049 151 23456789", None), ("4915123456789", None),
        ("4915123456789", "DE"), ("0151 23456789", "DE"), ("(0151) 23456789", "DE"), ("＋49 151 23456789", None),
        ("+٤٩١٥١٢٣٤٥٦٧٨٩", None), (" 4915123456789", "FR"), ("tel:+4915123456789", None),
    ],
)  # fmt: skip
def test_a_phone_is_the_same_in_every_notation(typed, country):
    assert phones.read(typed, country) == BERLIN


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("12125550123", "AT", "+12125550123"), ("012125550123", "AT", "+4312125550123"), ("12125550", "AT", "+4312125550"),
        ("15123456789", "DE", BERLIN), ("6601234567", "AT", "+436601234567"), ("12125550123", "US", "+12125550123"),
        ("2125550123", "US", "+12125550123"), ("0012125550123", "AT", "+12125550123"), ("447911123456", "AT", "+447911123456"),
        ("912345678", "ES", "+34912345678"),
    ],
)  # fmt: skip
def test_a_mobile_abroad_comes_before_a_fixed_line_that_lacks_its_zero(typed, country, number):
    assert phones.read(typed, country) == number


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("4.41E+11", "spreadsheet"), ("0123", "code of its country"), ("+49 1", "no phone number"), ("1-800-FLOWERS", "letters"),
        ("+49 151 2345678 ext. 5", "extension"), ("+++", "digits"), ("110", "digits"), ("+" * 40, "digits"),
    ],
)  # fmt: skip
def test_what_is_no_phone_is_told_why(typed, told):
    with pytest.raises(Wrong, match=told):
        phones.read(typed, None)


def test_a_local_number_is_read_as_in_the_partners_country(world):
    with pytest.raises(Invalid, match="code of its country"):
        customer(world, phone="0151 23456789")
    Partner.update(time_zone="Europe/Berlin").where(Partner.id == world.acme.id).execute()
    member = customer(world, phone="0151 23456789")
    assert (member.phone, member.phone_typed) == (BERLIN, "0151 23456789")


@pytest.mark.parametrize(
    ("given", "again"),
    [
        ({"phone": BERLIN}, {"phone": "+49 (0)151 23456789"}),
        ({"mail": "Anna@Example.com"}, {"mail": "anna@example.com"}),
        ({"external_user_id": "7"}, {"external_user_id": "7"}),
    ],
)
def test_a_phone_a_mail_and_an_id_are_one_customers(world, given, again):
    first = customer(world, **given)
    with pytest.raises(Taken, match=first.uuid):
        customer(world, **again)
    other = customer(world)
    with pytest.raises(Taken, match=first.uuid):
        members.change(other, again)
    members.change(first, again)
    assert members.create(world.rival.id, {"first_name": "Anna", **again}).partner_id == world.rival.id
    assert Member.select().where(Member.partner == world.acme.id).count() == totals.of(world.acme.id, "customers") == 2


def test_a_local_number_is_read_in_the_country_that_the_partner_says(world):
    Partner.update(time_zone="UTC").where(Partner.id == world.acme.id).execute()
    with pytest.raises(Invalid, match="code of its country"):
        customer(world, phone="0660 1234567")
    profile.change(Partner.get_by_id(world.acme.id), {"country": "AT"})
    assert customer(world, phone="0660 1234567").phone == "+436601234567"
    twin = partners.twin_of(Partner.get_by_id(world.acme.id))
    assert members.create(twin.id, {"first_name": "Anna", "phone": "0660 1234567"}).phone == "+436601234567"
    with pytest.raises(Invalid):
        profile.change(Partner.get_by_id(world.acme.id), {"country": "WW"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", " "), ("first_name", None), ("first_name", "a" * 121), ("mail", "anna"), ("gender", 3), ("date_of_birth", "2023-02-29"),
        ("date_of_birth", "1899-12-31"), ("date_of_birth", "24.09.1990"), ("date_of_birth", "2020-1-1"), ("external_user_id", "x" * 256),
        ("phone", "1" * 41),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_and_nothing_is_written(world, field, value):
    with pytest.raises(Invalid) as refused:
        customer(world, **{field: value})
    assert refused.value.field == field
    assert Member.select().count() == 0


def test_a_day_of_birth_is_a_day(world):
    assert customer(world, date_of_birth="2024-02-29").date_of_birth == date(2024, 2, 29)
    tomorrow = clock.now().date() + timedelta(days=1)
    with pytest.raises(Invalid, match="from 1900 to today"):
        customer(world, date_of_birth=tomorrow.isoformat())


def test_of_an_erased_customer_nothing_is_left_but_its_number(world):
    member = customer(
        world, surname="Muster", phone=BERLIN, mail="anna@example.com", gender=2, date_of_birth="1990-09-24", external_user_id="7"
    )  # fmt: skip
    members.erase(member)
    left = Member.get_by_id(member.id)
    assert (left.first_name, left.surname, left.phone, left.phone_typed, left.mail) == ("", None, None, None, None)
    assert (left.gender, left.date_of_birth, left.external_user_id) == (None, None, None)
    assert MemberWord.select().count() == totals.of(world.acme.id, "customers") == 0
    for act in (members.erase, lambda gone: members.change(gone, {"surname": "Back"})):
        with pytest.raises(NotFound):
            act(member)
    with pytest.raises(NotFound):
        members.find(world.acme.id, member.uuid)
    customer(world, phone=BERLIN, mail="anna@example.com", external_user_id="7")
    assert verify.faults() == []


def test_a_customer_is_found_by_what_it_is_known_by(world):
    member = customer(world, phone=BERLIN, mail="anna@example.com", external_user_id="7")
    acme = world.acme.id
    assert members.find(acme, member.uuid.upper()) == member
    for known in (
        {"phone": "0049 151 23456789"}, {"mail": " ANNA@example.com"}, {"theirs": "7"}, {"mail": "anna@example.com", "phone": BERLIN},
    ):  # fmt: skip
        assert finding.one(acme, **known) == member.id
        assert finding.one(world.rival.id, **known) is None
    for unknown in ({"phone": "anna"}, {"mail": ""}, {"mail": "anna@example.com", "phone": "+4915123456780"}):
        assert finding.one(acme, **unknown) is None
    for typed in (member.uuid.upper(), " 7", "ANNA@example.com ", "0049 151 23456789"):
        assert (finding.named(acme, typed), finding.named(world.rival.id, typed)) == (member.id, None)
    assert finding.named(acme, " ") is finding.named(acme, "anna") is None
    with pytest.raises(NotFound):
        members.find(world.rival.id, member.uuid)


@pytest.mark.engine("sqlite")
def test_words_are_letters_alone_and_a_phone_is_its_digits():
    member = Member(
        first_name="Zoë", surname="O’Brien-Müller", mail="zoe.b@example.com", phone=BERLIN, external_user_id="00-17"
    )
    assert words.of_member(member) == {
        "zoe", "obrienmuller", "o", "brien", "muller", "zoebexamplecom", "b", "4915123456789", "15123456789", "17", "00",
    }  # fmt: skip
    assert words.typed("O'Brien zoe") == ["obrien", "zoe"]
    assert words.typed("+49 (0)151 23") == ["4915123"] and words.typed("0151/23") == ["15123"]


def each_list(partner_id, text):
    customers = lists.page(partner_id, Filter(text=text)).rows
    return customers, cards_found.page(partner_id, CardFilter(text=text)).rows, holders.like(partner_id, text)


def found(world, text):
    chosen, found = Filter(text=text), each_list(world.acme.id, text)
    with patch.object(words, "FEW", 0):
        assert each_list(world.acme.id, text) == found  # Many words or few find the same.
        with patch.object(words, "_MANY", 0):
            assert each_list(world.acme.id, text) == found
    rows = found[0]
    assert lists.count(world.acme.id, chosen) == len(rows) and list(lists.each(world.acme.id, chosen)) == rows
    hits = [hit.key for hit in search.find(world.acme.id, "owner", text) if hit.kind == "customer"]
    assert hits == [row.uuid for row in rows], text
    return [row.first_name for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "zoe", "Zoë", "obrien", "O’Brien", "brien zo", "Müller", "muller o'b", "zoe.b@example.com", "ZOE.B@", "+49 (0)151 23456789",
        "0151/234 567", "004915123", "15123456789", "shop-17", "789", "6789", "56789", "345 67-89", "2345 6789", "zoe 6789", "6789 mull",
    ],
)  # fmt: skip
def test_a_customer_is_found_by_the_beginnings_of_words_and_a_phone_in_any_notation(world, text):
    given = {"first_name": "Zoë", "surname": "O’Brien-Müller", "mail": "zoe.b@example.com", "phone": BERLIN}
    members.create(world.acme.id, given | {"external_user_id": "shop-17"})
    members.create(world.rival.id, given)
    customer(world, phone="+4915723456700")
    assert found(world, text) == ["Zoë"]


def test_a_customer_and_their_cards_are_found_by_the_uuid_that_programs_know(world):
    card = loyalty.card(world.acme)
    customer(world)
    for typed in (card.member.uuid, card.member.uuid.upper(), f" {card.member.uuid}\n"):
        assert found(world, typed) == [card.member.first_name]
        _, cards_of, holders_of = each_list(world.acme.id, typed)
        assert [row.serial for row in cards_of] == [card.serial] and [one.id for one in holders_of] == [card.member_id]
        assert each_list(world.rival.id, typed) == ([], [], [])
    assert found(world, world.acme.partner.uuid) == []


@pytest.mark.parametrize("text", ["zoe anna", "ünbekannt", "999", "…", "%", "_", "123456-789-012", "e"])
def test_who_is_not_meant_is_not_found(world, text):
    customer(world, surname="Zoeller", phone=BERLIN)
    members.erase(members.create(world.acme.id, {"first_name": "Ünbekannt", "surname": "Erased"}))
    assert found(world, text) == (["Anna"] if text == "zoe anna" else [])


def test_the_number_of_a_card_finds_who_has_it(world):
    card = loyalty.card(world.acme)
    customer(world)
    for typed in (
        card.serial,
        card.serial.replace("-", ""),
        card.serial.replace("-", " "),
        card.serial.replace("-", "–"),
    ):
        assert found(world, typed) == [card.member.first_name]
        hits = search.find(world.acme.id, "owner", typed)
        assert [(hit.kind, hit.rank, hit.key) for hit in hits] == [
            ("card", 0, card.serial), ("customer", 1, card.member.uuid),
        ]  # fmt: skip


@pytest.mark.parametrize("text", ["zoe", "mull", "+49 (0)151 23456789", "6789"])
def test_what_finds_a_customer_finds_the_cards_that_they_hold(world, text):
    zoe = customer(world, first_name="Zoe", surname="Muller", phone=BERLIN)
    held, gone = (cards.issue(world.acme.id, zoe.id, loyalty.template(world.acme, name=name).id) for name in "AB")
    cards.delete(gone)
    other = loyalty.card(world.acme)
    for number, card in enumerate((held, gone, other)):  # None that the texts find by chance.
        Card.update(serial=f"30000{number}-000-000").where(Card.id == card.id).execute()
    hits = [hit for hit in search.find(world.acme.id, "owner", text) if hit.kind == "card"]
    assert [(hit.key, hit.note) for hit in hits] == [("300000-000-000", "Zoe Muller · A")]
    assert search.find(world.rival.id, "owner", text) == []


def test_a_card_and_who_has_it_are_found_by_the_beginning_and_the_end_of_its_number_even_of_one_that_was_moved(world):
    customer(world, phone="+4915723456700")
    card = loyalty.card(world.acme)
    Card.update(serial="159510-403-721").where(Card.id == card.id).execute()
    ways = (
        "159",
        "159510",
        "159510-4",
        "1595104",
        "721",
        "3721",
        "03721",
        "403-721",
        "0403721",
        "510 403 721",
        "159510403721",
    )
    for text in ways:
        assert found(world, text) == [card.member.first_name], text
        assert [row.serial for row in cards_found.page(world.acme.id, CardFilter(text=text)).rows] == ["159510-403-721"]
        assert search.find(world.rival.id, "owner", text) == []
    for serial in ("300000-000-000", "200000-000-000"):  # None that the texts find by chance.
        card = moving.move(card, source="panel")
        Card.update(serial=serial).where(Card.id == card.id).execute()
        card = Card.get_by_id(card.id)
    for text in ways:
        assert [row.serial for row in cards_found.page(world.acme.id, CardFilter(text=text)).rows] == ["200000-000-000"]
        (old,) = cards_found.page(world.acme.id, CardFilter(text=text, state="deleted")).rows
        assert sentences.state(old)[0] == "Moved"
    for text in ("59510", "40372", "anna 721", "403-72", "1595104037210"):
        assert found(world, text) == [], text


def test_filters_narrow_the_list(world):
    card = loyalty.card(world.acme)
    anna = customer(world)
    listed = lambda **given: [row.uuid for row in lists.page(world.acme.id, Filter(**given)).rows]  # noqa: E731
    assert listed() == [anna.uuid, card.member.uuid] and lists.count(world.acme.id, Filter()) == 2
    assert listed(cards="some") == listed(template=card.template_id) == [card.member.uuid]
    assert listed(cards="none") == [anna.uuid]
    assert listed(unseen_days=30) == []
    Member.update(created_at=clock.EPOCH, seen_at=clock.EPOCH).execute()
    assert listed(unseen_days=30) == [anna.uuid, card.member.uuid]
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1))
    assert listed(unseen_days=30) == [anna.uuid]
    (row,) = lists.page(world.acme.id, Filter(cards="some")).rows
    assert row.cards == 1 and row.seen_at


@pytest.mark.engine("sqlite")
def test_numbers_of_cards_are_looked_for_by_their_indexes(world):
    given = {"partner": world.acme.id, "digits": "721"}
    plan = database.execute_sql(f"EXPLAIN QUERY PLAN {Statement(serials.found('id')).text}", given).fetchall()
    assert any("serial>?" in row[3] for row in plan) and any("card_by_serial_end" in row[3] for row in plan)


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("text", ["anna", "anna muster 0151", "+49 151 23", "6789"])
def test_words_are_looked_for_by_their_index(world, text):
    asked = words.asked(world.acme.id, text)
    given = {"partner": world.acme.id, **asked.given}
    plan = database.execute_sql(f"EXPLAIN QUERY PLAN {Statement(asked.found()).text}", given).fetchall()
    assert any("partner_id=? AND word>?" in row[3] for row in plan)
    assert any("member_by_phone_end" in row[3] for row in plan) == (text != "anna")
    assert not any(row[3].startswith("SCAN") for row in plan)


def test_of_many_words_none_are_listed(world, monkeypatch):
    """Who is looked through in order is asked for the words, one after the other."""
    monkeypatch.setattr(words, "_MANY", 0), monkeypatch.setattr(words, "FEW", 0)
    customer(world, surname="Muster")
    told = []

    def explain(event):
        if event.sql.startswith("SELECT m.id"):
            asked = f"EXPLAIN {'QUERY PLAN ' if database.param == '?' else ''}{event.sql}"
            told.append("\n".join(str(row[-1]) for row in database.execute_sql(asked, event.params).fetchall()))

    database.obj.query_hooks.append(explain)
    try:
        with database.atomic() as nothing:
            if database.param != "?":  # Of few words it takes any index, once it has counted them.
                database.execute_sql("ANALYZE")
                database.execute_sql("DROP INDEX member_word_partner_id_word_member_id")
                database.execute_sql("SET LOCAL enable_seqscan = off")
            lists.page(world.acme.id, Filter(text="anna muster"))
            nothing.rollback()
    finally:
        database.obj.query_hooks.remove(explain)
    (plan,) = told
    by_member = "member_id=? AND word>?" if database.param == "?" else "Index Cond: ((member_id = m.id)"
    assert plan.count(by_member) == 2, plan


@pytest.mark.engine("sqlite")
def test_the_word_that_finds_the_fewest_comes_first():
    assert beginnings.parameters(["an", "muster", "17"])["begins_1"] == "17"
    assert beginnings.parameters(["an", "muster"])["begins_1"] == "muster"
