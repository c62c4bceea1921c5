"""What is done to the coupons that were chosen in the list, and what those of a tag did together."""

import csv
import io

import pytest

from portal.domain.coupons.coupons import tags
from portal.domain.coupons.coupons.tables import Coupon, CouponTag, TaggedCoupon
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from tests.support import desk


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


def test_the_chosen_are_switched_tagged_and_assigned_and_nobody_elses_are(world, visitor):
    one, two, foreign = desk.coupon(world.acme, tags=("Press",)), desk.coupon(world.acme), desk.coupon(world.rival)
    ids = [one.id, two.id, foreign.id]
    assert (
        visitor.post("/coupons/chosen?q=code&type=2", {"coupon": ids, "act": "off"}).location
        == "/coupons?q=code&type=2"
    )
    assert "2 coupons are switched off." in visitor.get("/coupons").text
    assert [row.ended_at is None for row in Coupon.select().order_by(Coupon.id)] == [False, False, True]
    visitor.post("/coupons/chosen", {"coupon": ids, "act": "on"})
    assert Coupon.select().where(Coupon.ended_at.is_null()).count() == 3
    visitor.post("/coupons/chosen", {"coupon": ids, "act": "tag", "tags": "Radio, press"})
    assert tags.of([one.id, two.id, foreign.id]) == {
        one.id: ["Press", "Radio"],
        two.id: ["Press", "Radio"],
        foreign.id: [],
    }
    assert visitor.post("/coupons/chosen", {"coupon": ids[:2], "act": "assign"}).location.endswith(
        f"/coupons/assign?coupon={one.id}&coupon={two.id}"
    )
    visitor.post("/coupons/chosen", {"coupon": [foreign.id], "act": "off"})
    assert "Choose at least one coupon." in visitor.get("/coupons").text
    too_many = ",".join(map(str, range(21)))
    visitor.post("/coupons/chosen", {"coupon": ids, "act": "tag", "tags": too_many})
    assert "at most 20 tags" in visitor.get("/coupons").text and CouponTag.select().count() == 2
    assert world.as_("acme", "viewer").post("/coupons/chosen", {"coupon": ids, "act": "off"}).status_code == 403


def test_tags_have_totals_in_which_a_reservation_is_paid_once(world, visitor):
    assert "No tags yet" in visitor.get("/coupons/tags").text
    one, two = desk.coupon(world.acme, tags=("Radio",)), desk.coupon(world.acme, tags=("Radio", "Press"))
    desk.assigned(one, two)
    level = desk.level(desk.event(world.acme))
    for codes in ((one, two), (one,)):
        held = reserving.reserve(world.acme.id, desk.listing(level).id, [Wanted(level.id, 2)]).reservation
        holding.use(held.id, [AskedUse(level.event_id, each.written) for each in codes])
        settling.purchase(held.id)
    _, *rows = csv.reader(io.StringIO(visitor.get("/coupons/tags/export.csv").text.removeprefix("\ufeff")))
    assert rows == [["Press", "1", "1", "EUR", "2.00", "16.00"], ["Radio", "2", "3", "EUR", "6.00", "34.00"]]
    page = visitor.get("/coupons/tags").text
    assert "34.00\xa0EUR" in page and "6.00\xa0EUR" in page


def test_a_tag_is_made_before_any_coupon_has_it_and_once(visitor):
    assert "/coupons/tags/new" in visitor.get("/coupons/tags").text
    assert visitor.post("/coupons/tags/new", {"name": "Radio"}).location == "/coupons/tags"
    assert "There is a tag of this name already." in visitor.post("/coupons/tags/new", {"name": "radio"}).text
    assert [tag.name for tag in CouponTag.select()] == ["Radio"]


def test_a_tag_is_renamed_and_removed_and_its_coupons_stay(world, visitor):
    coupon = desk.coupon(world.acme, tags=("Radio", "Press"))
    foreign = tags.made(world.rival.id, ["Theirs"])[0]
    press, radio = CouponTag.select().where(CouponTag.partner == world.acme.id).order_by(CouponTag.name_key)
    assert visitor.post(f"/coupons/tags/{radio.id}/edit", {"name": "press"}).status_code == 422
    assert visitor.post(f"/coupons/tags/{radio.id}/edit", {"name": "Radio Vienna"}).status_code == 303
    assert tags.of([coupon.id])[coupon.id] == ["Press", "Radio Vienna"]
    assert visitor.get(f"/coupons/tags/{press.id}/removal").status_code == 200
    visitor.post(f"/coupons/tags/{press.id}/removal")
    assert tags.of([coupon.id])[coupon.id] == ["Radio Vienna"] and Coupon.get_by_id(coupon.id)
    for act in ("edit", "removal"):
        assert visitor.post(f"/coupons/tags/{foreign}/{act}", {"name": "Mine"}).status_code == 404
    assert TaggedCoupon.select().count() == 1 and CouponTag.select().count() == 2
