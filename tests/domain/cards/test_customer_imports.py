"""Nothing of a file reaches the customers before it is confirmed; then each good row does, once."""

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import FIELDS, Card
from portal.domain.cards.imports import imports, undoing
from portal.domain.cards.imports import work as import_work
from portal.domain.cards.imports.tables import CardImport, CardImportKey, CardImportRow, CardImportText
from portal.domain.cards.keeping import KEEPING
from portal.domain.cards.operations import booking, events
from portal.domain.cards.operations.tables import CardOperation
from portal.domain.cards.segments import segments
from portal.domain.cards.templates.tables import CardField
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.events.tables import Event
from portal.domain.identifiers import new_uuid
from portal.domain.members import members, merging
from portal.domain.members.tables import Member
from tests.support import loyalty

pytestmark = pytest.mark.on_both_engines

HEAD = "firstName;surname;phone;email;gender;dateOfBirth;externalUserId\n"
MIA = "Mia;Berger;+49 (0)151 23456789;Mia@Example.com;2;1996-02-29;C-1\n"


def work() -> None:
    while import_work.work_due():
        pass


def checked(party, text, known="update") -> CardImport:
    body = text if isinstance(text, bytes) else text.encode()
    found = imports.start(party.id, "customers.csv", body, known)
    work()
    return CardImport.get_by_id(found.id)


def imported(party, text, known="update") -> CardImport:
    found = checked(party, text, known)
    log.acting_as(f"user:{party.users['owner'].id}")
    imports.confirm(party.id, found.uuid)
    log.acting_as(log.SYSTEM)
    work()
    return CardImport.get_by_id(found.id)


def counts(found) -> dict:
    names = ("total", "checked", "new", "changed", "same", "bad", "done", "failed", "undone", "stayed")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


def why(found, line) -> list:
    return CardImportRow.get(CardImportRow.card_import == found.id, CardImportRow.line == line).errors


def known(party) -> list[tuple]:
    fields = (Member.first_name, Member.surname, Member.phone, Member.mail, Member.gender, Member.external_user_id)
    return list(Member.select(*fields).where(Member.partner == party.id).order_by(Member.id).tuples())


def test_the_preview_writes_nothing_and_confirming_adds_each_customer_once(world):
    found = checked(world.acme, HEAD + MIA)
    assert (found.state, counts(found)) == ("checked", {"total": 1, "checked": 1, "new": 1})
    assert known(world.acme) == [] and not CardImportText.select().exists()
    found = imported(world.acme, HEAD + MIA)
    assert known(world.acme) == [("Mia", "Berger", "+4915123456789", "mia@example.com", 2, "C-1")]
    member = Member.get()
    assert (member.phone_typed, str(member.date_of_birth)) == ("+49 (0)151 23456789", "1996-02-29")
    assert Event.get(Event.type == "member.created").actor == f"user:{world.acme.users['owner'].id}"
    again = checked(world.acme, HEAD + MIA)
    assert counts(again) == {"total": 1, "checked": 1, "same": 1}
    with pytest.raises(Refused, match="Nothing in this file"):
        imports.confirm(world.acme.id, again.uuid)
    assert verify.faults() == []


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("A;;0123;;;;", "phone", "with the code of its country"),
        ("A;;4.41E+11;;;;", "phone", "4.41E+11 is what a spreadsheet made of a number"),
        ("A;;4915123456789.0;;;;", "phone", "4915123456789.0 is what a spreadsheet made of a number"),
        ("A;;+49 151 23;;;;", "phone", "There is no phone number"),
        ("A;;;not a mail;;;", "mail", "mail"),
        ("A;;;a@example.com;;1990-02-30;", "date_of_birth", "There is no such day"),
        ("A;;;a@example.com;;31.2.1990;", "date_of_birth", "There is no such day"),
        ("A;;;a@example.com;;03/04/1990;", "date_of_birth", "year-month-day"),
        ("A;;;a@example.com;;2190-01-01;", "date_of_birth", "from 1900 to today"),
        ("A;;;a@example.com;x;;", "gender", "0 for not known"),
        (";B;;a@example.com;;;", "first_name", "needs this"),
        ("A;B;;;;;", "line", "Nothing tells who this is"),
        ("A;;;a@example.com;;;;;more", "line", "more cells"),
        ('A;"x"y;;;;;', "line", "cannot be divided"),
    ],
)  # fmt: skip
def test_a_bad_row_says_which_field_is_wrong_and_what_mends_it(world, row, field, says):
    found = checked(world.acme, f"{HEAD}{row}\n{MIA}")
    assert counts(found) == {"total": 2, "checked": 2, "new": 1, "bad": 1}
    [sentence] = [why for named, why in why(found, 2) if named == field]
    assert says in sentence


def test_a_line_names_every_cell_that_is_wrong(world):
    found = checked(world.acme, f"{HEAD}A;;0123;nobody;9;1990-13-01;\n")
    assert {field for field, _ in why(found, 2)} == {"phone", "mail", "gender", "date_of_birth"}


@pytest.mark.parametrize(
    "row",
    ["B;;0049 151 23456789;;;;", "B;;;MIA@example.com;;;", "B;;;;;;C-1", "B;;+41 44 668 18 00;mia@example.com;;;"],
)
def test_two_lines_about_one_customer_are_one_however_they_name_it(world, row):
    other = "".join(f"N;;;n{number}@example.com;;;\n" for number in range(60))
    found = checked(world.acme, f"{HEAD}{MIA}{row}\n{other}{row}\n")
    assert counts(found) == {"total": 63, "checked": 63, "new": 61, "bad": 2}
    assert "Line 2 is about this customer already" in why(found, 3)[0][1] and "Line 2" in why(found, 64)[0][1]


def test_an_id_that_no_customer_has_is_a_bad_line_and_nobody_new(world):
    erased, theirs = loyalty.customer(world.acme, "Ida", erased_at=clock.now()), loyalty.customer(world.rival, "Zoë")
    mia = loyalty.customer(world.acme, "Mia", mail="mia@example.com")
    ids = (new_uuid(), theirs.uuid, erased.uuid, mia.uuid)
    lines = "".join(f"Max;max{number}@example.com;{uuid}\n" for number, uuid in enumerate(ids))
    found = checked(world.acme, f"firstName;email;id\n{lines}Mia;mia@example.com;{new_uuid()}\n")
    assert counts(found) == {"total": 5, "checked": 5, "changed": 1, "bad": 4}
    assert all("No customer here has this id" in dict(why(found, line))["id"] for line in (2, 3, 4, 6))


def test_a_line_that_two_customers_fit_is_bad(world):
    for first_name, given in (("Mia", {"phone": "+4915123456789"}), ("Ida", {"mail": "mia@example.com"})):
        members.create(world.acme.id, {"first_name": first_name, **given})
    found = checked(world.acme, HEAD + MIA)
    assert "about two customers" in why(found, 2)[0][1]


@pytest.mark.parametrize(("chosen", "state", "surname"), [("update", "changed", "Berger"), ("skip", "same", "Kurz")])
def test_customers_who_are_there_are_changed_or_left_as_somebody_chose(world, chosen, state, surname):
    given = {"first_name": "Mia", "surname": "Kurz", "phone": "004915123456789", "gender": 1}
    member = members.create(world.acme.id, given)
    text = "Vorname;Nachname;Telefon;sex\nMia;Berger;+49 151 234 56 789;\nIda;Lang;+41446681800;f\n"
    found = imported(world.acme, text, chosen)
    assert getattr(found, state) == 1 and found.new == 1
    after = Member.get_by_id(member.id)
    assert (after.surname, after.gender, after.phone_typed) == (surname, 1, "004915123456789")


def test_a_customer_who_came_meanwhile_is_not_made_twice(world):
    for chosen, done in (("update", 1), ("skip", 0)):
        text = f"firstName,email\nA,{chosen}@example.com\n"
        found = checked(world.acme, text, chosen)
        members.create(world.acme.id, {"first_name": "B", "mail": f"{chosen}@example.com"})
        imports.confirm(world.acme.id, found.uuid)
        work()
        found = CardImport.get_by_id(found.id)
        assert (found.state, found.done, found.failed) == ("done", done, 1 - done)
    assert sorted(one[0] for one in known(world.acme)) == ["A", "B"] and verify.faults() == []


@pytest.mark.parametrize("letters", ["utf-8-sig", "cp1252", "utf-16"])
def test_letters_and_separators_are_found_out(world, letters):
    imported(world.acme, "Surname;E-Mail;First Name\r\nMüller;jo@example.com;Jörg\r\n".encode(letters))
    assert known(world.acme)[0][:2] == ("Jörg", "Müller")


def test_columns_with_other_names_are_chosen(world):
    found = checked(world.acme, "Wer,Nummer,x\nMia,+4915123456789,1\n")
    assert found.state == "mapping"
    for wrong in (["first_name", None, None], ["first_name", "phone", "phone"], ["first_name", "spent", None]):
        with pytest.raises(Invalid):
            imports.take_columns(world.acme.id, found.uuid, wrong)
    imports.take_columns(world.acme.id, found.uuid, ["first_name", "phone", None], "skip")
    work()
    found = CardImport.get_by_id(found.id)
    assert (found.known, counts(found)) == ("skip", {"total": 1, "checked": 1, "new": 1})


def test_it_is_canceled_at_any_moment_and_nobody_elses(world):
    found = checked(world.acme, HEAD + MIA)
    for act in (imports.find, imports.confirm, imports.cancel, imports.check_again):
        with pytest.raises(NotFound):
            act(world.rival.id, found.uuid)
    imports.cancel(world.acme.id, found.uuid)
    work()
    assert known(world.acme) == []
    for act in (imports.cancel, imports.confirm, imports.check_again):
        with pytest.raises(Refused):
            act(world.acme.id, found.uuid)


def test_erasing_a_person_takes_the_lines_that_say_something_of_it(world):
    done = imported(world.acme, HEAD + MIA)
    waiting = checked(world.acme, HEAD.replace("surname", "x") + MIA.replace("Mia;", "Anna;"))
    assert waiting.changed == 1
    members.erase(Member.get())
    for found in (done, waiting):
        row = CardImportRow.get(CardImportRow.card_import == found.id)
        assert (row.cells, row.named) == ([], None)
    imports.confirm(world.acme.id, waiting.uuid)
    work()
    assert [one[0] for one in known(world.acme)] == [""] and verify.faults() == []


def test_erasing_a_person_takes_bad_lines_about_it_too(world):
    """A cell that is wrong, a second line about the same one, a line about two."""
    ida = members.create(world.acme.id, {"first_name": "Ida", "mail": "ida@example.com", "external_user_id": "C-1"})
    lines = "Ida;Lang;0123;ida@example.com;;;\nIda;;;ida@example.com;;;\nIda;;;;;;C-1\n"
    found = checked(world.acme, f"{HEAD}{lines}Max;;;max@example.com;9;;None\nMax;;;max@example.com;;;None\n")
    assert counts(found) == {"total": 5, "checked": 5, "new": 1, "same": 1, "bad": 3}
    members.erase(ida)
    rows = list(CardImportRow.select().order_by(CardImportRow.line))
    assert [bool(row.cells or row.named) for row in rows] == [False, False, False, True, True]


def test_who_became_one_is_erased_with_the_lines_about_both(world):
    first, second = (members.create(world.acme.id, {"first_name": "Mia", "mail": f"{n}@example.com"}) for n in "ab")
    checked(world.acme, "name;email;id\nMia;a@example.com;\nMia;b@example.com;\n")
    merging.merge(second, first)
    members.erase(first)
    assert [row.cells for row in CardImportRow.select()] == [[], []] and not CardImportKey.select().exists()


def test_nothing_is_known_of_lines_that_are_removed(world):
    found = imported(world.acme, HEAD + MIA)
    CardImport.update(forget_at=clock.now()).where(CardImport.id == found.id).execute()
    [own] = [one for one in KEEPING if one.what.startswith("files and rows")]
    while own.forget(1000):
        pass
    assert not CardImportRow.select().exists() and not CardImportKey.select().exists()


CARDS = "firstName,email,card,currentNumberOfUses,numberRewardsUnused,balance,bonusBalance,spent,template\n"


def on(card) -> dict:
    return {field: getattr(card, field) for field in FIELDS if getattr(card, field)}


def test_what_a_template_asks_of_everybody_is_answered_by_the_line_itself(world):
    template = loyalty.template(world.acme, 0, name="Coffee")
    CardField.create(template=template, name="First name", kind="FName", place=1, is_required=True)
    CardField.create(template=template, name="Mail", kind="email", place=2, is_required=True)
    found = imported(world.acme, CARDS + "Ada,ada@example.com,,1,,,,,Coffee\nBob,,,1,,,,,Coffee\n")
    (card,) = Card.select()
    assert (card.member.first_name, card.uses) == ("Ada", 1)
    assert counts(found)["bad"] == 1


def test_cards_come_with_what_is_on_them_each_by_one_operation(world):
    stamp = loyalty.template(world.acme, 0, name="Coffee")
    loyalty.template(world.acme, 1, name="Cashback")
    loyalty.template(world.acme, 5, name="Gift")
    rows = (
        "A,a@example.com,939829317169,13,2,,,,\u200bcoffee\n"
        "A,a@example.com,,,,,\"12.50\",\"1,234.50\",Cashback\n"
        "B,b@example.com,,,,25,,,Gift\n"
        f"C,c@example.com,,,,,,,{stamp.id}\n"
        "D,d@example.com,,,,,,,\n"
    )  # fmt: skip
    found = imported(world.acme, CARDS + rows)
    assert (found.state, counts(found)) == ("done", {"total": 5, "checked": 5, "new": 5, "done": 5})
    made = list(Card.select().order_by(Card.id))
    assert [on(card) for card in made] == [
        {"uses": 3, "rewards": 3}, {"bonus": 1250, "spent": 123450}, {"balance": 2500}, {},
    ]  # fmt: skip
    assert made[0].serial == "939829-317-169" and Member.select().count() == 4
    booked = list(CardOperation.select().order_by(CardOperation.id))
    assert [one.card_id for one in booked] == [card.id for card in made[:3]]
    assert {(one.event, one.source, one.manager_id) for one in booked} == {
        (events.OPENED, "portal", world.acme.users["owner"].id)
    }
    again = checked(world.acme, CARDS + rows)
    assert counts(again) == {"total": 5, "checked": 5, "same": 5} and verify.faults() == []


def test_each_gets_a_card_of_the_template_that_was_chosen(world):
    template = loyalty.template(world.acme, 7)
    found = imports.start(
        world.acme.id, "x.csv", b"name;email;points\nA;a@example.com;7\nB;b@example.com;\n", template=template
    )
    work()
    imports.confirm(world.acme.id, found.uuid)
    work()
    assert [on(card) for card in Card.select().order_by(Card.id)] == [{"bonus": 7}, {}]


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("A,a@example.com,,1,,,,,Tea", "template", "no template “Tea”"),
        ("A,a@example.com,,1,,,,,twin", "template", "Several templates are called “twin”"),
        ("A,a@example.com,,1,,,,,", "uses", "Of which card?"),
        ("A,a@example.com,12,,,,,,Coffee", "serial", "12 digits"),
        ("A,a@example.com,,,,5,,,Coffee", "balance", "counts nothing of the kind"),
        ("A,a@example.com,,-1,,,,,Coffee", "uses", "zero or more"),
        ("A,a@example.com,,1.5,,,,,Coffee", "uses", "more than 0 decimals"),
        ("A,a@example.com,,x,,,,,Coffee", "uses", "no number"),
        ("A,a@example.com,111111111111,,,,,,Coffee", "serial", "is another card’s"),
        ("A,a@example.com,,,,,,,Asks", "template", "asks for answers"),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_is_a_bad_row_that_says_why(world, row, field, says):
    template = loyalty.template(world.acme, 0, name="Coffee")
    cards.issue(world.acme.id, loyalty.customer(world.acme).id, template.id, serial="111111-111-111")
    asks, *_ = (loyalty.template(world.acme, 0, name=name) for name in ("Asks", "Twin", "Twin"))
    CardField.create(template=asks, name="Size", kind="text", place=1, is_required=True)
    found = checked(world.acme, f"{CARDS}{row}\n")
    [sentence] = [why for named, why in why(found, 2) if named == field]
    assert says in sentence and found.bad == 1


@pytest.mark.parametrize("between", [0, 60])  # lines: what is judged at once is fewer
def test_a_number_that_stands_twice_is_a_bad_line_that_names_the_first(world, between):
    loyalty.template(world.acme, 0, name="Coffee")
    loyalty.template(world.acme, 5, name="Gift")
    others = "".join(f"O,o{number}@example.com,,,,,,,\n" for number in range(between))
    number = "939829317169"
    found = checked(
        world.acme,
        f"{CARDS}A,a@example.com,{number},,,,,,Coffee\n{others}A,a@example.com,939829-317-169,,,,,,Gift\n"
        f"B,b@example.com,{number},,,,,,Coffee\nA,a@example.com,{number},,,,,,Coffee\n",
    )
    last = between + 3
    assert why(found, last) == [["serial", "Line 2 gives this number to another card. Each card has its own."]]
    assert why(found, last + 1) == why(found, last)
    assert why(found, last + 2) == [["line", "Line 2 is about this customer already. Keep one line for each."]]
    assert (found.new, found.bad) == (between + 1, 3)


def undone(party, found) -> CardImport:
    log.acting_as(f"user:{party.users['manager'].id}")
    undoing.begin(party.id, found.uuid)
    log.acting_as(log.SYSTEM)
    work()
    return CardImport.get_by_id(found.id)


def test_an_import_is_undone_whole(world):
    loyalty.template(world.acme, 0, name="Coffee")
    loyalty.template(world.acme, 5, name="Gift")
    there = members.create(world.acme.id, {"first_name": "B", "mail": "b@example.com"})
    found = imported(
        world.acme,
        CARDS
        + "A,a@example.com,,13,2,,,,Coffee\nA,a@example.com,,,,5,,,Gift\nB,b@example.com,,1,,,,,Coffee\nC,c@example.com,,,,,,,\n",
    )
    assert undoing.foreseen(found) == {"": 4}
    found = undone(world.acme, found)
    assert (found.state, found.undone, found.stayed) == ("undone", 4, 0)
    assert [one.id for one in Member.select().where(Member.erased_at.is_null())] == [there.id]
    assert not Card.select().where(Card.deleted_at.is_null()).exists() and all(not on(card) for card in Card.select())
    back = CardOperation.select().where(CardOperation.event == events.REVERSED)
    assert [one.manager_id for one in back] == [world.acme.users["manager"].id] * 3
    with pytest.raises(Refused):
        undoing.begin(world.acme.id, found.uuid)
    assert verify.faults() == []


def test_what_was_undone_is_imported_anew_with_its_numbers(world):
    loyalty.template(world.acme, 0, name="Coffee")
    rows = CARDS + "A,a@example.com,939829-317-169,13,2,,,,Coffee\nB,b@example.com,939829-317-170,,,,,,Coffee\n"
    undone(world.acme, imported(world.acme, rows.replace(",13,", ",31,")))
    again = imported(world.acme, rows)
    assert (again.done, again.bad, again.failed) == (2, 0, 0)
    there = cards.find(world.acme.id, "939829317169")
    assert (there.deleted_at, there.uses, there.rewards) == (None, 3, 3) and verify.faults() == []


def test_what_somebody_did_something_with_stays_and_is_told_before(world):
    loyalty.template(world.acme, 0, name="Coffee")
    members.create(world.acme.id, {"first_name": "Old", "mail": "k@example.com"})
    found = imported(
        world.acme,
        CARDS
        + "".join(f"N,{name}@example.com,,1,,,,,Coffee\n" for name in ("used", "changed", "put", "free", "other"))
        + "K,k@example.com,,,,,,,\n",
    )
    by_mail = {member.mail.partition("@")[0]: member for member in Member.select()}
    card = Card.get(Card.member == by_mail["used"])
    booking.book(world.acme.id, card.serial, booking.Asked("add-stamp", 1))
    members.change(by_mail["changed"], {"surname": "New"})
    segments.put(segments.make(world.acme.id, "Regulars"), by_mail["put"])
    cards.issue(world.acme.id, by_mail["other"].id, loyalty.template(world.acme, 5).id)
    told = undoing.foreseen(found)
    assert told == {"": 1, "used": 1, "changed": 1, "more": 2, "known": 1}
    found = undone(world.acme, found)
    assert (found.state, found.undone, found.stayed) == ("undone", 1, 5)
    assert sorted(one.mail.partition("@")[0] for one in Member.select().where(Member.erased_at.is_null())) == [
        "changed", "k", "other", "put", "used",
    ]  # fmt: skip
    assert why(found, 2) == [["line", undoing.WHY["used"]]] and Card.get_by_id(card.id).uses == 2
    assert verify.faults() == []


def test_undoing_is_its_partners_alone_and_of_what_was_imported(world):
    found = checked(world.acme, HEAD + MIA)
    with pytest.raises(Refused):
        undoing.begin(world.acme.id, found.uuid)
    with pytest.raises(NotFound):
        undoing.begin(world.rival.id, found.uuid)
