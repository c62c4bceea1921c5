"""Each fix that a check offers makes the step that failed pass, and changes nothing else."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.coupons.assignments import blackouts, changes
from portal.domain.coupons.assignments.tables import CouponAssignment
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP, FIXED, Coupon
from portal.domain.coupons.reservations import held, reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import checking, holding, mending
from portal.domain.coupons.uses.checking import Asked
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.steps import first_failed
from tests.support import desk, loyalty


class Desk:
    """An event of acme's with two price levels, one of which a listing sells, and a customer."""

    def __init__(self, acme):
        self.acme = acme
        self.event = desk.event(acme, name="Gala")
        self.level, self.other = desk.level(self.event, name="Stalls"), desk.level(self.event, name="Circle")
        self.listing = desk.listing(self.level)
        self.mia = loyalty.customer(acme)

    def reserve(self, quantity: int = 1, member_id=None):
        wanted = [Wanted(self.level.id, quantity)]
        return reserving.reserve(self.acme.id, self.listing.id, wanted, member_id).reservation

    def used(self, coupon, **more):
        reservation = self.reserve(**more)
        holding.use(reservation.id, [AskedUse(self.event.id, coupon.code)])
        return reservation

    def check(self, coupon, reservation=None, member_id=None, moment=None):
        now = reservation and held.seen(reservation.id)
        asked = Asked(coupon.code, self.event.id, self.listing.id, now, reservation is not None, member_id)
        return checking.check([self.acme.id], asked, moment)


def _switched_off(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon)
    coupons.end(door.acme.id, coupon.id)
    return coupon, {}


def _assigned_to_nothing(door):
    return desk.coupon(door.acme), {}


def _opens_levels_that_are_assigned_to_nothing(door):
    return desk.coupon(door.acme, ACCESS), {}


def _of_another_event(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, event_ids=[desk.event(door.acme).id])
    return coupon, {}


def _opens_levels_of_another_event(door, **where):
    coupon = desk.coupon(door.acme, ACCESS)
    desk.assigned(coupon, price_level_ids=[desk.level(desk.event(door.acme)).id], **where)
    return coupon, {}


def _opens_levels_everywhere_but_here(door):
    return _opens_levels_of_another_event(door, is_everywhere=True)


def _of_a_level_that_is_not_sold_here(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, price_level_ids=[door.other.id])
    return coupon, {}


def _too_early(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, start="2035-06-01 12:30:00", end="2036-01-01", timezone="Asia/Tokyo")
    return coupon, {}


def _over(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, start="2020-01-01", end="2020-02-01", timezone="America/Lima")
    return coupon, {"moment": clock.now() + timedelta(days=400)}


def _out(door):
    coupon = desk.coupon(door.acme)
    days = [{"day": day, "start_time": "00:00", "end_time": "23:59"} for day in range(1, 8)]
    blackout = {"start": "2020-01-01", "end": "2040-01-01", "days": days}
    desk.assigned(coupon, timezone="Europe/Vienna", blackout=blackout)
    return coupon, {}


def _used_up(door, is_shared=False):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, limit=1, is_shared=is_shared)
    settling.purchase(door.used(coupon).id)
    return coupon, {}


def _used_up_together(door):
    return _used_up(door, is_shared=True)


def _lowered_below_its_uses(door):
    coupon = desk.coupon(door.acme)
    assignment = desk.assigned(coupon, limit=3)
    for _ in range(3):
        settling.purchase(door.used(coupon).id)
    changes.change(door.acme.id, assignment.id, {"limit": 1})
    return coupon, {}


def _spent(door):
    coupon = desk.coupon(door.acme, budget=100, currency="EUR")
    desk.assigned(coupon)
    settling.purchase(door.used(coupon).id)
    return coupon, {}


def _spent_where_a_reservation_asks_for_more(door):
    coupon, _ = _spent(door)
    return coupon, {"reservation": door.reserve(4)}


def _for_somebody_known(door):
    coupon = desk.coupon(door.acme, customer_limit=1)
    desk.assigned(coupon)
    return coupon, {"reservation": door.reserve(), "member_id": door.mia.id}


def _drawn_for_another(door):
    coupon = desk.coupon(door.acme, member_id=loyalty.customer(door.acme, "Omar").id)
    desk.assigned(coupon)
    return coupon, {"member_id": door.mia.id}


def _used_by_the_customer(door):
    coupon = desk.coupon(door.acme, customer_limit=1)
    desk.assigned(coupon)
    settling.purchase(door.used(coupon, member_id=door.mia.id).id)
    return coupon, {"reservation": door.reserve(member_id=door.mia.id)}


def _for_more_tickets(door):
    coupon = desk.coupon(door.acme, minimum_tickets=5)
    desk.assigned(coupon)
    return coupon, {"reservation": door.reserve(2)}


def _for_larger_orders(door):
    coupon = desk.coupon(door.acme, AUTO, threshold=5000, currency="EUR")
    desk.assigned(coupon)
    return coupon, {"reservation": door.reserve(2)}


def _for_other_tickets(door):
    """The listing sells the bundle, and the reservation has tickets alone."""
    coupon = desk.coupon(door.acme, COMP)
    desk.assigned(coupon, bundle_ids=[desk.bundle(door.level).id])
    return coupon, {"reservation": door.reserve()}


def _goes_with_no_other(door):
    coupon, before = desk.coupon(door.acme, is_alone=True), desk.coupon(door.acme)
    desk.assigned(coupon, before)
    return coupon, {"reservation": door.used(before)}


def _another_goes_with_no_other(door):
    coupon, before = desk.coupon(door.acme), desk.coupon(door.acme, is_alone=True)
    desk.assigned(coupon, before)
    return coupon, {"reservation": door.used(before)}


FAILING = {
    _switched_off: "active", _assigned_to_nothing: "event", _opens_levels_that_are_assigned_to_nothing: "event",
    _of_another_event: "event", _opens_levels_of_another_event: "event", _opens_levels_everywhere_but_here: "event",
    _of_a_level_that_is_not_sold_here: "listing", _too_early: "dates", _over: "dates", _out: "blackout", _used_up: "uses",
    _used_up_together: "uses", _lowered_below_its_uses: "uses", _spent: "budget",
    _spent_where_a_reservation_asks_for_more: "budget", _for_somebody_known: "customer", _drawn_for_another: "customer",
    _used_by_the_customer: "customer", _for_more_tickets: "tickets", _for_larger_orders: "tickets",
    _for_other_tickets: "tickets", _goes_with_no_other: "combination", _another_goes_with_no_other: "combination",
}  # fmt: skip


@pytest.mark.parametrize("failing", FAILING)
def test_each_fix_makes_the_step_that_failed_pass(acme, failing):
    door = Desk(acme)
    coupon, asked = failing(door)
    before = door.check(coupon, **asked)
    assert first_failed(before.steps)["check"] == FAILING[failing]
    mend = mending.nearest(before)
    mending.make(mend, acme.id)
    after = door.check(coupon, **asked)
    assert after.is_valid, (mend.said, after.steps)


def test_where_no_change_would_do_there_is_none(acme):
    door = Desk(acme)
    coupon = desk.coupon(acme, amount_type=FIXED, amount=5, currency="USD")
    desk.assigned(coupon)
    assert mending.nearest(door.check(coupon)) is None  # another currency
    assert mending.nearest(door.check(Coupon(code="UNKNOWN"))) is None
    fine = desk.coupon(acme)
    desk.assigned(fine)
    assert mending.nearest(door.check(fine)) is None
    empty = Desk(acme)
    empty.event = desk.event(acme)
    assert mending.nearest(empty.check(desk.coupon(acme, ACCESS))) is None  # an event without price levels


def test_a_blackout_is_lifted_at_that_time_of_that_day_alone():
    noon, night = (
        {"day": 7, "start_time": start, "end_time": end} for start, end in (("12:00", "14:00"), ("20:00", "23:59"))
    )
    kept = blackouts.taken([{"start": "2030-06-01", "end": "2030-06-29", "days": [noon, night]}, {"start": "2030-07-01", "end": "2030-07-03"}])  # fmt: skip
    saturday = clock.EPOCH.replace(year=2030, month=6, day=15, hour=12)
    left = blackouts.taken(blackouts.lifted(kept, "UTC", saturday))
    hours = [saturday + timedelta(hours=step) for step in range(-24 * 16, 24 * 24)]
    opened = [one for one in hours if blackouts.is_out(kept, "UTC", one) and not blackouts.is_out(left, "UTC", one)]
    assert opened == [saturday, saturday + timedelta(hours=1)]
    assert all(blackouts.is_out(kept, "UTC", one) for one in hours if blackouts.is_out(left, "UTC", one))
    second = saturday.replace(month=7, day=2)
    left = blackouts.lifted(kept, "UTC", second)
    assert {"start": "2030-07-01", "end": "2030-07-01", "days": []} in left
    assert blackouts.is_out(left, "UTC", second) is None
    assert blackouts.lifted(None, "UTC", second) == []


def test_two_fixes_at_once_both_stand(acme):
    door = Desk(acme)
    coupon = desk.coupon(acme)
    one, other = desk.event(acme), desk.event(acme)
    assignment = desk.assigned(coupon, event_ids=[one.id])
    mend = mending.nearest(door.check(coupon))
    changes.change(acme.id, assignment.id, {"event_ids": [one.id, other.id]})  # somebody else, after it was shown
    mending.make(mend, acme.id)
    named = changes.of(CouponAssignment.get_by_id(assignment.id))["event_ids"]
    assert named == sorted([one.id, other.id, door.event.id])


def test_a_limit_that_somebody_raised_higher_meanwhile_stays(acme):
    door = Desk(acme)
    coupon = desk.coupon(acme)
    assignment = desk.assigned(coupon, limit=1)
    door.used(coupon)
    mend = mending.nearest(door.check(coupon))
    changes.change(acme.id, assignment.id, {"limit": 500})
    mending.make(mend, acme.id)
    assert CouponAssignment.get_by_id(assignment.id).use_limit == 500


MEANWHILE = {
    _spent: {"budget": 100_000},
    _used_by_the_customer: {"customer_limit": 50},
    _for_more_tickets: {"minimum_tickets": 1},
    _for_larger_orders: {"threshold": 1},
}


@pytest.mark.parametrize("is_dropped", [False, True])
@pytest.mark.parametrize("failing", MEANWHILE)
def test_what_somebody_else_has_mended_meanwhile_stays(acme, failing, is_dropped):
    door = Desk(acme)
    coupon, asked = failing(door)
    mend = mending.nearest(door.check(coupon, **asked))
    ((field, value),) = MEANWHILE[failing].items()
    stands = None if is_dropped and field != "threshold" else value
    coupons.change(acme.id, coupon.id, {field: stands})
    mending.make(mend, acme.id)
    assert getattr(Coupon.get_by_id(coupon.id), field) == stands


def test_dates_that_somebody_has_widened_meanwhile_stay(acme):
    door = Desk(acme)
    for failing, changed in ((_too_early, {"start": "2020-01-01"}), (_over, {"end": "2040-01-01"})):
        coupon, asked = failing(door)
        mend = mending.nearest(door.check(coupon, **asked))
        (assignment,) = CouponAssignment.select().order_by(CouponAssignment.id.desc()).limit(1)
        changes.change(acme.id, assignment.id, changed)
        before = CouponAssignment.get_by_id(assignment.id)
        mending.make(mend, acme.id)
        after = CouponAssignment.get_by_id(assignment.id)
        assert (after.starts_on, after.ends_on) == (before.starts_on, before.ends_on)
