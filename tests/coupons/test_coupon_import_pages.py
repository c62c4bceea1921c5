"""The pages of imports of coupons: what each column does is said with an example before anything is made."""

import io

import pytest

from portal.coupons.coupon_imports.forms import PLAIN
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.imports.files import FIELDS, WIRE
from portal.worker import drains


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
