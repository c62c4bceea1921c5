"""The file of coupons comes back whole through a spreadsheet, and nothing in it is computed."""

import csv
import io

import pytest

from portal.domain.coupons.batches import making
from portal.domain.coupons.coupons import coupons, tags
from portal.domain.coupons.coupons.tables import ACCESS, AUTO, DISCOUNT, FIXED, Coupon, TaggedCoupon
from portal.domain.coupons.imports import imports
from portal.domain.coupons.imports import work as import_work
from tests.coupons.test_batch_pages import GIVEN
from tests.support import desk

CODES = ("02138", "69321700000000", "-MINUS-1", "1E10", "MAR-12", "2031-01-02", "Mixed_Case", "----")
_NOT_TAKEN_OVER = ("id", "batch", "created_at", "modified_at", "ended_at")


def cells(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def kept(party) -> list[dict]:
    """Coupons as they are, by their codes."""
    every = Coupon.select().where(Coupon.partner == party.id).order_by(Coupon.code)
    rows = [{name: value for name, value in one.__data__.items() if name not in _NOT_TAKEN_OVER} for one in every]
    return [
        row | {"tags": tags.of([one.id])[one.id], "is_off": one.ended_at is not None}
        for row, one in zip(rows, every, strict=True)
    ]


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


def test_what_is_exported_is_imported_as_it_was(world, visitor):
    for code in CODES:
        desk.coupon(world.acme, ACCESS, code=code, name=f"=1+{code}", tags=("Radio, Press", "+Tag"))
    desk.coupon(
        world.acme,
        amount_type=FIXED,
        amount=950,
        currency="KWD",
        budget=90_000,
        customer_limit=2,
        rank=-3,
        is_alone=True,
    )
    desk.coupon(world.acme, AUTO, amount=12.5, threshold=10_000, minimum_tickets=3, opens=True)
    coupons.end(world.acme.id, coupons.by_code(world.acme.id, "02138").id)
    before, body = kept(world.acme), visitor.get("/coupons/export.csv").data
    TaggedCoupon.delete().execute(), Coupon.delete().execute()
    found = imports.start(world.acme.id, "coupons.csv", body)
    while import_work.work_due():
        pass
    imports.confirm(world.acme.id, found.uuid)
    while import_work.work_due():
        pass
    assert kept(world.acme) == before


def test_no_cell_is_computed_and_no_code_is_taken_for_a_number(world, visitor):
    for code in CODES:
        desk.coupon(world.acme, ACCESS, code=code, name=f"=1+{code}")
    _, *rows = cells(visitor.get("/coupons/export.csv"))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    assert [row[0] for row in rows][::-1] == [f"'{code}" if code != "Mixed_Case" else code for code in CODES]


def test_the_file_has_what_is_filtered_of_ones_own(world, visitor):
    desk.coupon(world.acme, code="SPRING-1", name="Radio")
    tagged = desk.coupon(world.acme, ACCESS, code="SUMMER-1", name="Press", tags=("Sponsor",))
    ended = desk.coupon(world.acme, code="SUMMER-2", name="Radio")
    coupons.end(world.acme.id, ended.id)
    desk.coupon(world.rival, code="SUMMER-3")
    tag = TaggedCoupon.get(TaggedCoupon.coupon == tagged).tag_id

    def found(query: str) -> set[str]:
        return {row[0] for row in cells(visitor.get(f"/coupons/export.csv?{query}"))[1:]}

    assert found("") == {"SPRING-1", "SUMMER-1", "SUMMER-2"}
    assert found("q=summer") == {"SUMMER-1", "SUMMER-2"} and found("q=radio") == {"SPRING-1", "SUMMER-2"}
    assert found(f"type={DISCOUNT}&state=active") == {"SPRING-1"} and found("state=off") == {"SUMMER-2"}
    assert found(f"tag={tag}") == {"SUMMER-1"} and found("tag=9999") == found("")
    place = visitor.post("/coupons/batches/new", GIVEN).location
    making.work_due()
    assert len(found(f"batch={place.rpartition('/')[2]}")) == 3


def test_who_sees_no_coupons_exports_none(world):
    assert world.as_("acme", "cashier").get("/coupons/export.csv").status_code == 403
    assert world.anonymous().get("/coupons/export.csv").status_code in (302, 303)
