"""The pages of imports of coupons: what each column does is said with an example before anything is made."""

import io
import re

import pytest

from portal.coupons.coupon_imports.forms import PLAIN
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.imports.files import FIELDS, WIRE
from portal.worker import drains
from tests.support import desk


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


@pytest.fixture
def upload(visitor, settings):
    """Upload a text and have it checked; the address of its page."""

    def send(text, **chosen):
        body = text if isinstance(text, bytes) else text.encode()
        form = {
            "kind": "",
            "amount_type": "percentage",
            "first": "",
            "file": (io.BytesIO(body), "coupons.csv"),
        } | chosen
        answer = visitor.post("/coupons/imports", form, content_type="multipart/form-data")
        drains.run("coupon imports", settings)
        return answer.headers.get("Location") or answer

    return send


def test_the_preview_says_what_each_column_does_with_an_example(visitor, upload, settings):
    preview = visitor.get(upload("Code;Bezeichnung;Notes\nSUMMER-1;Radio;x\nbad one;y;z\n", kind="7")).text
    assert "“Code”: Code. For example SUMMER-1." in preview and "“Bezeichnung”: Name of the coupon" in preview
    assert "Not imported: the column “Notes”" in preview and "All are of the type Comp" in preview
    assert "Make 1 coupon<" in preview and not Coupon.select().exists()


@pytest.mark.parametrize(
    ("amount_type", "head", "said"),
    [
        ("percentage", "code", "take off 15%."),
        ("fixed", "code", "take off 15 USD."),
        ("fixed", "code,currency", "take off 15 in the currency that each line says."),
    ],
)
def test_the_preview_says_in_what_all_lines_take_something_off(visitor, upload, amount_type, head, said):
    place = upload(f"{head}\nSUMMER-1\n", kind="2", amount="15", amount_type=amount_type)
    assert said in visitor.get(place).text


def test_every_column_has_a_plain_name_beside_the_wires(visitor, upload):
    assert tuple(PLAIN) == FIELDS
    place = upload("Nummer;Wer;Was\n1;2;3\n")
    for page in (visitor.get(f"{place}/columns").text, visitor.get("/coupons/imports").text):
        assert all(WIRE[field] in page and words in page for field, words in PLAIN.items())
    chosen = {"columns-0": "name", "columns-1": "code", "kind": "11"}
    assert visitor.post(f"{place}/columns", chosen).location == place


def test_the_sample_is_imported_as_it_is(visitor, upload, settings):
    place = upload(visitor.get("/coupons/imports/sample.csv").data)
    assert "Make 3 coupons<" in visitor.get(place).text
    visitor.post(f"{place}/confirmation")
    drains.run("coupon imports", settings)
    assert [one.written for one in Coupon.select().order_by(Coupon.id)] == ["SUMMER-25", "02138", "FRIENDS"]
    assert "SUMMER-25" in visitor.get(f"{place}?show=done").text


def test_a_type_that_no_line_says_is_chosen_at_the_preview_which_is_not_called_ready_before(visitor, upload, settings):
    place = upload("code\nA-11\nB-22\n")
    preview = visitor.get(place).text
    assert "Nothing to import" in preview and "Ready to import" not in preview and 'id="left-out" open>' in preview
    assert "Ready to import" not in visitor.get("/coupons/imports").text
    refused = visitor.post(f"{place}/lines", {"kind": "2", "amount": "much", "amount_type": "percentage"})
    assert refused.status_code == 422 and "Write a number" in refused.text
    assert visitor.post(f"{place}/lines", {"kind": "2", "amount": "25", "amount_type": "percentage"}).location == place
    drains.run("coupon imports", settings)
    preview = visitor.get(place).text
    assert "Ready to import" in preview and "Make 2 coupons<" in preview and 'id="left-out">' in preview


def test_the_counts_of_an_import_add_up_to_its_lines(visitor, upload, settings, world):
    desk.coupon(world.acme, code="There-1")
    place = upload("code\nA-11\nThere-1\nno code\nB-22\n", kind="7")

    def counts():
        text = visitor.get("/coupons/imports").text
        labels = ("Lines", "Imported", "Nothing to do", "Bad or failed", "Not imported")
        return [int(re.search(rf'data-label="{label}">(\d+)<', text)[1]) for label in labels]

    assert counts() == [4, 0, 1, 1, 2]
    visitor.post(f"{place}/confirmation")
    drains.run("coupon imports", settings)
    assert counts() == [4, 2, 1, 1, 0]


def test_an_import_is_undone_whole_after_a_question(visitor, upload, settings):
    place = upload("code\nA-11\nB-22\n", kind="7")
    visitor.post(f"{place}/confirmation")
    drains.run("coupon imports", settings)
    question = visitor.get(f"{place}/undoing").text
    assert "2 coupons are removed" in question and "Nobody can use them from this moment on" in question
    assert visitor.post(f"{place}/undoing").location == place
    assert Coupon.select().where(Coupon.ended_at.is_null()).count() == 0
    drains.run("coupon imports", settings)
    assert "2 lines were undone." in visitor.get(place).text and not Coupon.select().exists()


def test_a_viewer_imports_nothing(world):
    assert world.as_("acme", "viewer").get("/coupons/imports").status_code == 403
