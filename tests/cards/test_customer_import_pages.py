"""The pages of imports of customers: upload, columns, preview, result, what must be mended; without a script, for editors alone."""

import csv
import io

import pytest

from portal.cards.customer_imports.forms import PLAIN
from portal.cards.customers.exports import HEAD
from portal.domain.cards.imports.files import FIELDS, WIRE
from portal.domain.cards.imports.tables import CardImport
from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.worker import drains

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
    chosen = {"columns-0": "first_name", "columns-1": "external_user_id", "known": "skip"}
    assert visitor.post(f"{place}/columns", chosen).location == place
    assert CardImport.get().known == "skip"


def test_a_file_goes_from_its_upload_to_its_result(world, visitor, upload, settings):
    place = upload(GOOD + "Bad,x\n")
    preview = visitor.get(place).text
    assert "Import 1 customer<" in preview and "Bad" in preview and not Member.select().exists()
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
    assert "Import 3 customers<" in visitor.get(upload(visitor.get("/customers/imports/sample.csv").data)).text


@pytest.mark.parametrize("surname", ["=1+1", "'=x", 'O\'Hara, "Jo"', "Müller; Ä", None])
def test_an_export_that_is_imported_changes_nothing(world, visitor, upload, surname):
    members.create(world.acme.id, {"first_name": "Anna", "surname": surname})
    given = {"phone": "+49 (0)151 23456789", "mail": "Mia@example.com", "gender": 0, "date_of_birth": "1996-02-29"}
    members.create(world.acme.id, {"first_name": "Mia", "external_user_id": "=7", **given})
    exported = visitor.get("/customers/export.csv").data
    assert set(WIRE.values()) <= set(HEAD)
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
