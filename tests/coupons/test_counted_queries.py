"""Pages and lists of coupons ask the database as often for many rows as for few."""

from functools import partial

import pytest

from portal.api import credentials
from portal.domain.coupons.reservations import reserving
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.events import log
from tests.affiliate.counting import queries
from tests.support import desk
from tests.support.things import TABS

pytestmark = pytest.mark.on_both_engines


def more(party, first, level, listing, times: int = 4) -> None:
    """Offers and uses of the first coupon; coupons with tags and two assignments, reservations with uses of them, and events."""
    log.acting_as(log.SYSTEM)  # Whoever asked before names nobody in what follows.
    for _ in range(times):
        coupon = desk.coupon(party, tags=("Spring", "Sponsor"))
        desk.assigned(first, coupon)
        desk.assigned(coupon, event_ids=[level.event_id])
        held = reserving.reserve(party.id, listing.id, [Wanted(level.id, 1)]).reservation
        holding.use(held.id, [AskedUse(held.event_id, each.code) for each in (first, coupon)])
        desk.bundle(level)
        desk.listing(level)
        desk.level(desk.event(party))


def seen(caller, place: str, **sent) -> None:
    credentials._cache.clear()  # A token is looked up each time, not whenever its moment is over.
    assert caller.get(place, **sent).status_code == 200, place


def test_the_number_of_queries_does_not_grow_with_coupons_events_and_reservations(world, client):
    level = desk.level(desk.event(world.acme))
    first = desk.coupon(world.acme)
    listing, owner = desk.listing(level), world.as_("acme")
    more(world.acme, first, level, listing)
    coupon, event = f"/coupons/{first.id}", f"/events/{level.event_id}"
    tabs = [f"{coupon}?tab={tab}" for tab in TABS["coupons.show"]] + [
        f"{event}?tab={tab}" for tab in TABS["ticketed_events.show"]
    ]
    pages = ("/coupons", coupon, "/coupons/tags", "/events", event, "/reservations", *tabs)
    lists = ["/api/coupons", "/api/ticketed-events", "/api/bundles", "/api/listings"]

    def counted():
        of_pages = {place: queries(partial(seen, owner, place)) for place in pages}
        return of_pages | {place: queries(partial(seen, client, place, headers=world.acme.bearer)) for place in lists}

    counted()
    few = counted()
    more(world.acme, first, level, listing)
    assert counted() == few


def test_a_use_of_a_coupon_asks_postgresql_eight_times(world, engine_name):
    level = desk.level(desk.event(world.acme))
    coupon, listing = desk.coupon(world.acme), desk.listing(level)
    desk.assigned(coupon)
    held = reserving.reserve(world.acme.id, listing.id, [Wanted(level.id, 2)]).reservation
    asks = {"sqlite": 13, "postgresql": 8}  # What SQLite does in this process has no road to go.
    assert queries(lambda: holding.use(held.id, [AskedUse(held.event_id, coupon.code)])) == asks[engine_name]
