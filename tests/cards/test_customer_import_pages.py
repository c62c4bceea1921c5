"""The pages of imports of customers: upload, columns, preview, result, what must be mended; without a script, for editors alone."""

import csv
import io

import pytest

from portal.cards.customer_imports.forms import PLAIN
from portal.cards.customers.exports import HEAD
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.imports.files import FIELDS, PERSON, WIRE
from portal.domain.cards.imports.tables import CardImport
from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.worker import drains
from tests.support import loyalty

GOOD = "firstName,email\nMia,mia@example.com\n"


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


@pytest.fixture
def upload(visitor, settings):
    """Upload a text and have it checked; the address of its page."""

    def send(text, **chosen):
        body = text if isinstance(text, bytes) else text.encode()
        form = {"known": "update", "file": (io.BytesIO(body), "customers.csv")} | chosen
        answer = visitor.post("/customers/imports", form, content_type="multipart/form-data")
        drains.run("customer imports", settings)
        return answer.headers.get("Location") or answer

    return send


def test_the_list_leads_editors_to_the_import(world):
    assert 'href="/customers/imports"' in world.as_("acme").get("/customers").text
    viewer = world.as_("acme", "viewer")
    assert 'href="/customers/imports"' not in viewer.get("/customers").text
    assert viewer.get("/customers/imports").status_code == 403


def test_every_column_has_a_plain_name_beside_the_wires(visitor, upload):
    assert tuple(PLAIN) == FIELDS
    place = upload("Wer;Nummer\nMia;1\n")
    for page in (visitor.get(f"{place}/columns").text, visitor.get("/customers/imports").text):
        assert all(WIRE[field] in page and words in page for field, words in PLAIN.items())
    assert "Choose the columns" in visitor.get(place).text
    assert "cashback" in PLAIN["bonus"], "What is on a cashback card is money, no points."
    chosen = {"columns-0": "first_name", "columns-1": "external_user_id", "known": "skip"}
    assert visitor.post(f"{place}/columns", chosen).location == place
    assert CardImport.get().known == "skip"


def test_a_file_goes_from_its_upload_to_its_result(world, visitor, upload, settings):
    place = upload(GOOD + "Bad,x\n")
    preview = visitor.get(place).text
    assert "Import 1 line<" in preview and "Bad" in preview and not Member.select().exists()
    assert visitor.post(f"{place}/confirmation").location == place
    assert "Importing" in visitor.get(place).text
    drains.run("customer imports", settings)
    result = visitor.get(f"{place}?show=done").text
    assert f'/customers/{Member.get().uuid}"' in result and "Acme Manager" in result
    assert "customers.csv" in visitor.get("/customers/imports").text


def test_the_lines_to_mend_come_back_with_their_reasons(visitor, upload):
    place = upload(GOOD + "=Bad,x\n")
    [head, row] = list(csv.reader(io.StringIO(visitor.get(f"{place}/bad.csv").text.removeprefix("\ufeff"))))
    assert head == ["line", "firstName", "email", "reason"]
    assert row[:3] == ["3", "'=Bad", "x"] and row[3].startswith("email: ")


def test_the_sample_is_imported_as_it_is(visitor, upload):
    assert "Import 3 lines<" in visitor.get(upload(visitor.get("/customers/imports/sample.csv").data)).text


@pytest.mark.parametrize("surname", ["=1+1", "'=x", 'O\'Hara, "Jo"', "Müller; Ä", None])
def test_an_export_that_is_imported_changes_nothing(world, visitor, upload, surname):
    members.create(world.acme.id, {"first_name": "Anna", "surname": surname})
    given = {"phone": "+49 (0)151 23456789", "mail": "Mia@example.com", "gender": 0, "date_of_birth": "1996-02-29"}
    members.create(world.acme.id, {"first_name": "Mia", "external_user_id": "=7", **given})
    exported = visitor.get("/customers/export.csv").data
    assert {WIRE[field] for field in (*PERSON, "id")} <= set(HEAD)
    upload(exported)
    found = CardImport.get()
    assert (found.state, found.total, found.same) == ("checked", 2, 2)


def test_a_question_says_what_canceling_means(visitor, upload):
    place = upload(GOOD)
    assert "1 customer who could be imported is not" in visitor.get(f"{place}/cancellation").text
    visitor.post(f"{place}/cancellation")
    page = visitor.get(place).text
    assert "Canceled" in page and "No customer was touched" in page


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(visitor, upload):
    answer = upload(b"PK\x03\x04")
    assert answer.status_code == 422 and "This is a workbook" in answer.text


def test_how_far_it_is_is_told_once(visitor, upload):
    place = upload(GOOD)
    first = visitor.get(f"{place}/progress")
    again = visitor.get(f"{place}/progress", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_an_import_with_cards_is_undone_by_a_question_that_says_what_goes_and_what_stays(
    world, visitor, upload, settings
):
    template = loyalty.template(world.acme, 0, name="Coffee")
    assert ">Coffee<" in visitor.get("/customers/imports").text
    members.create(world.acme.id, {"first_name": "Old", "mail": "old@example.com"})
    text = "firstName,email,stamps,template\nMia,mia@example.com,7,coffee\nIda,old@example.com,,\n"
    place = upload(text)
    assert "Undo" not in visitor.get(place).text
    visitor.post(f"{place}/confirmation")
    drains.run("customer imports", settings)
    assert Card.get().uses == 7 and f"{place}/undoing" in visitor.get(place).text
    question = visitor.get(f"{place}/undoing").text
    assert "1 line is undone" in question and "1 customer was there before" in question
    assert visitor.post(f"{place}/undoing").location == place and "Being undone" in visitor.get(place).text
    drains.run("customer imports", settings)
    page = visitor.get(f"{place}?show=stayed").text
    assert "1 line was undone. 1 stayed" in page and "was there before" in page and Card.get().uses == 0
    chosen = upload("name,email\nA,a@example.com\n", template=str(template.id))
    assert "Each gets a card of Coffee" in visitor.get(chosen).text
    assert upload("name,email\nA,a@example.com\n", template="999999").status_code == 422


@pytest.mark.parametrize("is_chosen", [True, False])
def test_that_a_card_that_is_there_keeps_what_is_on_it_is_said_before(world, visitor, upload, is_chosen):
    template = loyalty.template(world.acme, 7, name="Points")
    chosen, column = ({"template": str(template.id)}, "") if is_chosen else ({}, "Points")
    place = upload(f"firstName,email,points,template\nMia,mia@example.com,5,{column}\n", **chosen)
    assert "card that is there already keeps what is on it." in visitor.get(place).text
    assert "keeps what is on it" not in visitor.get(upload(GOOD)).text


def test_numbers_that_are_read_in_two_ways_are_asked_for(world, visitor, upload, settings):
    loyalty.template(world.acme, 5, name="Gift")
    place = upload("name;email;balance;template\nA;a@example.com;1.500;Gift\n")
    assert "read in two ways" in visitor.get(place).text
    columns = {f"columns-{n}": name for n, name in enumerate(("first_name", "mail", "balance", "template"))}
    visitor.post(f"{place}/columns", columns | {"known": "update", "template": "", "decimal_sign": ","})
    drains.run("customer imports", settings)
    visitor.post(f"{place}/confirmation")
    drains.run("customer imports", settings)
    assert Card.get().balance == 150_000
