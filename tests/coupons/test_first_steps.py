"""Whoever chose Coupons is led to the first use of one from the start page."""

from portal.domain.accounts.partners import areas
from portal.domain.coupons.reservations import reserving
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from tests.support import desk


def test_who_chose_coupons_is_led_to_the_first_use_of_one_and_no_further(world):
    visitor = world.as_("acme")
    areas.choose(world.acme.partner, {"coupons"})
    page = visitor.get("/").text
    assert "To your first coupon" in page and 'href="/coupons/new"' in page and "To your first deal" not in page
    coupon, level = desk.coupon(world.acme), desk.level(desk.event(world.acme))
    desk.assigned(coupon)
    held = reserving.reserve(world.acme.id, desk.listing(level).id, [Wanted(level.id, 1)]).reservation
    assert "To your first coupon" in visitor.get("/").text
    holding.use(held.id, [AskedUse(level.event_id, coupon.written)])
    assert "To your first coupon" not in visitor.get("/").text
