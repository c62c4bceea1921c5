"""Tickets are held for fifteen minutes, and every reservation ends once: bought, let go, or run out."""

import pytest

from portal import clock
from portal.database import transaction
from portal.domain.coupons.coupons.tables import ACCESS, Coupon
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events import events
from portal.domain.coupons.ticketed_events.tables import PriceLevel
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.errors import Invalid, NotFound, Refused
from tests.support import desk

QUARTER = 15 * 60


@pytest.fixture
def level(acme):
    return desk.level(desk.event(acme), capacity=5)


@pytest.fixture
def listing(level):
    return desk.listing(level)


def taken(level) -> int:
    return PriceLevel.get_by_id(level.id).taken


def reserve(listing, *wanted, member_id=None):
    return reserving.reserve(listing.partner_id, listing.id, wanted, member_id)


def test_tickets_are_held_until_the_reservation_ends(level, listing):
    made = reserve(listing, Wanted(level.id, 2), Wanted(level.id, 1))
    assert (made.reservation.tickets, made.reservation.face, taken(level)) == (3, 3000, 3)
    with pytest.raises(Refused, match="there are 2 tickets left"):
        reserve(listing, Wanted(level.id, 3))
    for capacity, said in ((4, "there is 1 ticket left"), (3, "no tickets are left. Choose others"), (0, "no tickets")):
        events.change_level(level.event.partner_id, level.id, {"capacity": capacity})
        with pytest.raises(Refused, match=said):
            reserve(listing, Wanted(level.id, 3))
    settling.release(made.reservation.id)
    settling.release(made.reservation.id)
    assert taken(level) == 0


def test_the_moment_lets_tickets_go_though_no_worker_came(level, listing):
    made = reserve(listing, Wanted(level.id, 5))
    with clock.acting(QUARTER - 1), pytest.raises(Refused):
        reserve(listing, Wanted(level.id, 1))
    with clock.acting(QUARTER):
        with pytest.raises(Refused, match="has ended"):
            settling.purchase(made.reservation.id)
        reserve(listing, Wanted(level.id, 5))
        assert settling.release(made.reservation.id).state == "expired"
    assert taken(level) == 5


def test_a_purchase_sent_twice_buys_once_and_is_not_let_go(level, listing):
    made = reserve(listing, Wanted(level.id, 2))
    assert [settling.purchase(made.reservation.id).state for _ in range(2)] == ["purchased"] * 2
    with pytest.raises(Refused, match="bought"):
        settling.release(made.reservation.id)
    with clock.acting(QUARTER):
        assert settling.settled(made.reservation.id).state == "purchased"
    assert taken(level) == 2


def test_a_bundle_holds_a_ticket_of_each_of_its_levels(acme):
    event = desk.event(acme)
    one, other = desk.level(event, capacity=3), desk.level(event, capacity=2)
    listing, bundle = desk.listing(one, other), desk.bundle(one, other, price=1500)
    made = reserve(listing, Wanted(None, 2, bundle.id), Wanted(one.id, 1))
    assert (made.reservation.face, taken(one), taken(other)) == (4000, 3, 2)
    with pytest.raises(Refused):
        reserve(listing, Wanted(None, 1, bundle.id))
    assert (taken(one), taken(other)) == (3, 2)
    with pytest.raises(Invalid):
        reserve(desk.listing(one), Wanted(None, 1, bundle.id))


def test_a_listing_sells_its_own_levels_alone(world, level, listing):
    stranger = desk.level(desk.event(world.rival))
    for wanted in (
        [],
        [Wanted(stranger.id, 1)],
        [Wanted(level.id, 0)],
        [Wanted(level.id, 1001)],
        [Wanted(None, 1)],
        [Wanted(level.id, 1, 1)],
    ):
        with pytest.raises(Invalid):
            reserve(listing, *wanted)
    with pytest.raises(NotFound):
        reserving.reserve(world.rival.id, listing.id, [Wanted(level.id, 1)])
    assert Reservation.select().count() == taken(level) == 0


def test_a_locked_level_is_reserved_by_anybody_and_sold_to_whom_a_coupon_opens_it(acme):
    level = desk.level(desk.event(acme), is_locked=True)
    coupon = desk.coupon(acme, ACCESS)
    desk.assigned(coupon, price_level_ids=[level.id], ticket_limit=1)
    more = desk.coupon(acme, ACCESS)
    desk.assigned(more, price_level_ids=[level.id])
    held = reserve(desk.listing(level), Wanted(level.id, 2)).reservation
    with pytest.raises(Refused, match="with a code only"):
        settling.purchase(held.id)
    holding.use(held.id, [AskedUse(held.event_id, coupon.code)])
    with pytest.raises(Refused, match="with a code only"):  # it opens one ticket of two
        settling.purchase(held.id)
    holding.use(held.id, [AskedUse(held.event_id, more.code)])
    assert settling.purchase(held.id).state == "purchased"
    assert Coupon.get_by_id(coupon.id).uses == 1


def test_inside_a_transaction_nothing_else_is_settled_which_would_be_locked_out_of_turn(level, listing):
    first = reserve(listing, Wanted(level.id, 1)).reservation
    Reservation.update(expires_at=clock.now()).where(Reservation.id == first.id).execute()
    with transaction():
        reserve(listing, Wanted(level.id, 1))
        assert Reservation.get_by_id(first.id).state == "held"
    reserve(listing, Wanted(level.id, 1))
    assert Reservation.get_by_id(first.id).state == "expired"


def test_the_worker_settles_what_has_run_out_of_everybody(world, level, listing):
    made = reserve(listing, Wanted(level.id, 1))
    assert settling.expire_due() == 0
    Reservation.update(expires_at=clock.now()).where(Reservation.id == made.reservation.id).execute()
    twin = world.acme.twin()
    theirs = desk.level(desk.event(twin))
    ahead = reserve(desk.listing(theirs), Wanted(theirs.id, 1))
    assert settling.expire_due() == 1
    twin.partner.clock_offset = QUARTER
    twin.partner.save()
    assert (settling.expire_due(), settling.expire_due()) == (1, 0)
    assert [settling.settled(one.reservation.id).state for one in (made, ahead)] == ["expired"] * 2
    assert taken(level) == taken(theirs) == 0


@pytest.mark.engine("postgresql")
def test_a_reservation_is_in_the_currency_that_its_event_was_given_meanwhile(level, listing, elsewhere, after_them):
    """Whoever changes it has looked: nothing was reserved."""
    elsewhere.execute("SELECT id FROM ticketed_event WHERE id = %s FOR UPDATE", (level.event_id,))
    elsewhere.execute("UPDATE ticketed_event SET currency = 'USD' WHERE id = %s", (level.event_id,))
    made = after_them(lambda: reserve(listing, Wanted(level.id, 1)))
    assert made.reservation.currency == "USD"
