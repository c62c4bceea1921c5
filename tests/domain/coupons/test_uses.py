"""A coupon is used once on a reservation, never beyond its limits, several all or none, and each use ends once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.coupons.assignments.tables import CouponAssignment, CouponOffer
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import (
    ACCESS,
    AUTO,
    COMP,
    DISCOUNT,
    FIXED,
    INVITE,
    PERCENTAGE,
    PRESALE,
    RESERVED,
    Coupon,
)
from portal.domain.coupons.reservations import held, reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.uses import checking, holding
from portal.domain.coupons.uses.checking import Asked
from portal.domain.coupons.uses.holding import AskedUse
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.errors import Forbidden, Invalid, Refused
from portal.domain.steps import first_failed
from portal.domain.traces import refusals
from tests.support import desk, loyalty

QUARTER = 15 * 60


class Door:
    """An event of acme's with one price level and a listing, where reservations are made and codes used."""

    def __init__(self, acme, price: int = 1000):
        self.acme = acme
        self.event = desk.event(acme)
        self.level = desk.level(self.event, price, capacity=1000)
        self.listing = desk.listing(self.level)

    def reserve(self, quantity: int = 1, member_id=None):
        wanted = [Wanted(self.level.id, quantity)]
        return reserving.reserve(self.acme.id, self.listing.id, wanted, member_id).reservation

    def use(self, reservation, *codes, **more):
        return holding.use(reservation.id, [AskedUse(self.event.id, code, **more) for code in codes])

    def check(self, code: str, reservation=None, **more):
        now = reservation and held.seen(reservation.id)
        return checking.check([self.acme.id], Asked(code, self.event.id, self.listing.id, now), **more)

    def refused(self, reservation, *codes, **more) -> str:
        """The step that a use is refused by; nothing is written, and a check says the same."""
        before = CouponUse.select().count(), held.seen(reservation.id)
        with pytest.raises(Refused) as error:
            self.use(reservation, *codes, **more)
        assert (CouponUse.select().count(), held.seen(reservation.id)) == before
        step = first_failed(error.value.steps)
        assert step and step["detail"] and step["fix"]
        if len(codes) == 1 and not more:
            assert not self.check(codes[0], reservation).is_valid
        return step["check"]


@pytest.fixture
def door(acme):
    return Door(acme)


def counted(coupon) -> tuple[int, int, int, int]:
    """Uses of a coupon, of its offers and of its assignments, and what it spent."""
    now = Coupon.get_by_id(coupon.id)
    offers = list(
        CouponOffer.select(CouponOffer, CouponAssignment).join(CouponAssignment).where(CouponOffer.coupon == now)
    )
    return now.uses, sum(one.uses for one in offers), sum(one.assignment.uses for one in offers), now.spent


def test_a_use_is_held_committed_and_given_back_each_once(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, limit=1)
    first = door.reserve()
    (use,) = door.use(first, coupon.code)
    assert (use.amount, counted(coupon)) == (100, (1, 1, 1, 100))
    assert door.use(first, coupon.code.lower() + " ") == [use]
    assert door.refused(door.reserve(), coupon.code) == "uses"
    for _ in range(2):
        settling.release(first.id)
        assert counted(coupon) == (0, 0, 0, 0)
    second = door.reserve()
    door.use(second, coupon.code)
    settling.purchase(second.id)
    settling.purchase(second.id)
    with clock.acting(QUARTER):
        settling.expire_due()
        assert door.refused(door.reserve(), coupon.code) == "uses"
    assert counted(coupon) == (1, 1, 1, 100)
    assert [one.state for one in CouponUse.select().order_by(CouponUse.id)] == ["released", "committed"]


def test_a_use_whose_reservation_ran_out_is_there_for_others_at_that_moment(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, limit=1)
    first = door.reserve()
    door.use(first, coupon.code)
    assert not door.check(coupon.code).is_valid
    with clock.acting(QUARTER):
        assert door.check(coupon.code).is_valid  # and nothing was written for it
        assert counted(coupon)[0] == 1
        second = door.reserve()
        door.use(second, coupon.code)
        assert counted(coupon) == (1, 1, 1, 100)
        settling.release(second.id)
        assert settling.release(first.id).state == "expired"
        with pytest.raises(Forbidden):
            door.use(first, coupon.code)
    assert counted(coupon) == (0, 0, 0, 0)


def test_several_are_all_used_or_none(door):
    one, other = desk.coupon(door.acme), desk.coupon(door.acme)
    desk.assigned(one), desk.assigned(other, limit=1)
    door.use(door.reserve(), other.code)
    reservation = door.reserve()
    assert door.refused(reservation, one.code, other.code) == "uses"
    assert door.refused(reservation, one.code, "NO-SUCH-CODE") == "code"
    assert counted(one) == (0, 0, 0, 0)


def test_of_several_each_is_from_the_face_price_in_the_order_of_their_rank(acme):
    door = Door(acme, price=100)
    off = desk.coupon(acme, amount_type=FIXED, amount=15, currency="EUR", rank=2)
    percent = desk.coupon(acme, amount_type=PERCENTAGE, amount=20, rank=1)
    desk.assigned(off, percent)
    reservation = door.reserve()
    uses = door.use(reservation, off.code, percent.code)
    assert [(use.code, use.amount) for use in uses] == [(off.code, 15), (percent.code, 20)]
    assert uses[1].id < uses[0].id
    assert held.seen(reservation.id).discount == 35


@pytest.mark.parametrize("is_shared", [False, True])
def test_an_individual_limit_is_each_codes_and_a_shared_one_is_all_codes(door, is_shared):
    made = [desk.coupon(door.acme) for _ in range(3)]
    desk.assigned(*made, limit=2, is_shared=is_shared)
    for coupon in made[:2]:
        door.use(door.reserve(), coupon.code)
    if is_shared:
        assert door.refused(door.reserve(), made[2].code) == "uses"
    else:
        for _ in range(2):
            door.use(door.reserve(), made[2].code)
        assert door.refused(door.reserve(), made[2].code) == "uses"


def test_what_a_coupon_asks_of_a_reservation(door):
    mia, omar = loyalty.customer(door.acme), loyalty.customer(door.acme, "Omar")

    def made(kind=DISCOUNT, limit_of_tickets=None, **given):
        coupon = desk.coupon(door.acme, kind, **given)
        desk.assigned(coupon, ticket_limit=limit_of_tickets)
        return coupon.code

    minimum = made(minimum_tickets=3)
    assert door.refused(door.reserve(2), minimum) == "tickets"
    door.use(door.reserve(3), minimum)
    budget = made(budget=250, currency="EUR")
    assert [door.use(door.reserve(2), budget)[0].amount for _ in range(2)] == [200, 50]
    assert door.refused(door.reserve(2), budget) == "budget"
    customers = made(customer_limit=1)
    assert door.refused(door.reserve(), customers) == "customer"
    door.use(door.reserve(member_id=mia.id), customers)
    assert door.refused(door.reserve(member_id=mia.id), customers) == "customer"
    door.use(door.reserve(member_id=omar.id), customers)
    drawn = made(member_id=mia.id)
    assert door.refused(door.reserve(member_id=omar.id), drawn) == "customer"
    door.use(door.reserve(member_id=mia.id), drawn)
    limited = made(COMP, limit_of_tickets=1)
    (use,) = door.use(door.reserve(5), limited)
    assert (use.amount, use.tickets) == (1000, 1)
    (use,) = door.use(door.reserve(2), made(), amount=30)
    assert use.amount == 30


def test_a_coupon_that_goes_with_no_other_is_used_alone(door):
    alone, other = desk.coupon(door.acme, is_alone=True), desk.coupon(door.acme)
    desk.assigned(alone, other)
    first, second = door.reserve(), door.reserve()
    door.use(first, alone.code)
    assert door.refused(first, other.code) == "combination"
    door.use(second, other.code)
    assert door.refused(second, alone.code) == "combination"


def test_what_would_take_nothing_off_is_refused_and_what_only_opens_is_not(acme):
    free = Door(acme, price=0)
    for kind in (DISCOUNT, COMP):
        coupon = desk.coupon(acme, kind)
        desk.assigned(coupon)
        assert free.refused(free.reserve(), coupon.code) == "amount"
    for kind in (PRESALE, ACCESS):
        coupon = desk.coupon(acme, kind)
        desk.assigned(coupon, price_level_ids=[free.level.id])
        (use,) = free.use(free.reserve(), coupon.code)
        assert (use.amount, use.opens) == (0, [free.level.id])


def test_a_coupon_opens_no_other_levels_than_its_own(acme):
    event = desk.event(acme)
    one, other = desk.level(event), desk.level(event)
    coupon = desk.coupon(acme, ACCESS)
    desk.assigned(coupon, price_level_ids=[one.id])
    listing = desk.listing(one, other)
    reservation = reserving.reserve(acme.id, listing.id, [Wanted(one.id, 1), Wanted(other.id, 1)]).reservation
    (use,) = holding.use(reservation.id, [AskedUse(event.id, coupon.code)])
    assert (use.opens, use.tickets) == ([one.id], 1)


def test_codes_of_one_request_share_their_limit_too_and_the_refusal_says_that_it_is_reached(door):
    one, other = desk.coupon(door.acme), desk.coupon(door.acme)
    desk.assigned(one, other, limit=1, is_shared=True)
    assert door.refused(door.reserve(), one.code, other.code) == "uses"
    assert door.refused(door.reserve(), one.code, desk.coupon(door.acme).code) == "event"
    for _ in range(2):
        auto = desk.coupon(door.acme, AUTO)
        desk.assigned(auto, desk.coupon(door.acme, AUTO), limit=1, is_shared=True)
    assert door.reserve().discount == 200  # One of each pair; nobody is refused for the others.


def test_what_takes_nothing_off_says_the_true_reason(acme):
    cheap, free = Door(acme, price=100), Door(acme, price=0)
    small, whole = desk.coupon(acme, amount=Decimal("0.01")), desk.coupon(acme, COMP)
    desk.assigned(small, whole)

    def said(door, coupon, **more) -> str:
        with pytest.raises(Refused) as error:
            door.use(door.reserve(), coupon.code, **more)
        return error.value.sentence

    assert "rounds to 0" in said(cheap, small)
    assert "take off 0 at most" in said(cheap, whole, amount=0)
    assert "cost nothing any more" in said(free, small) and "cost nothing any more" in said(free, whole, amount=0)


@pytest.mark.parametrize("limit", [1, 2])
def test_a_limit_and_an_end_are_said_as_they_were_given(door, limit):
    coupon, over = desk.coupon(door.acme), desk.coupon(door.acme)
    desk.assigned(coupon, limit=limit)
    desk.assigned(over, start="2026-01-01", end="2026-02-01", timezone="Europe/Vienna")
    for _ in range(limit):
        door.use(door.reserve(), coupon.code)
    is_made = {1: "The 1 use of the coupon is made.", 2: "The 2 uses of the coupon are all made."}
    assert first_failed(door.check(coupon.code).steps)["detail"] == is_made[limit]
    moment = clock.from_micros(clock.micros()).replace(year=2026, month=2, day=2)
    ended = door.check(over.code, moment=moment).failure
    assert ended.detail == "The coupon was valid until 2026-02-01, Europe/Vienna."


@pytest.mark.parametrize("kind", [PRESALE, RESERVED, INVITE, ACCESS])
def test_a_coupon_that_opens_price_levels_opens_them_whatever_is_reserved(door, kind):
    hidden = desk.level(door.event, is_locked=True)
    door.listing = desk.listing(door.level, hidden)
    coupon = desk.coupon(door.acme, kind)
    desk.assigned(coupon, price_level_ids=[hidden.id])
    reservation = door.reserve()
    assert door.check(coupon.code, reservation).is_valid
    (use,) = door.use(reservation, coupon.code)
    assert (use.opens, use.amount, use.tickets, counted(coupon)) == ([hidden.id], 0, 0, (1, 1, 1, 0))


def test_an_auto_coupon_applies_by_itself_from_its_threshold_on_and_is_released_with_its_reservation(door):
    auto = desk.coupon(door.acme, AUTO, amount_type=FIXED, amount=300, currency="EUR", threshold=2000)
    desk.assigned(auto, limit=1)
    assert door.reserve(1).discount == 0
    first = door.reserve(2)
    assert (first.discount, counted(auto)) == (300, (1, 1, 1, 300))
    assert door.reserve(2).discount == 0  # the limit is reached, and nobody is refused for it
    settling.release(first.id)
    assert door.reserve(3).discount == 300


def test_a_threshold_without_a_currency_is_in_that_of_the_event(door):
    auto = desk.coupon(door.acme, AUTO, threshold=2000)
    desk.assigned(auto)
    assert Coupon.get_by_id(auto.id).currency is None and door.event.currency != door.acme.partner.currency
    small = door.reserve(1)
    assert (small.discount, door.reserve(2).discount) == (0, 200)
    assert door.refused(small, auto.code) == "tickets"
    assert "20.00 EUR" in first_failed(door.check(auto.code, held.seen(small.id)).steps)["detail"]


def test_a_use_is_honoured_as_it_was_granted(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon)
    reservation = door.reserve()
    door.use(reservation, coupon.code)
    coupons.end(door.acme.id, coupon.id)
    assert settling.purchase(reservation.id).discount == 100
    assert door.refused(door.reserve(), coupon.code) == "active"


def test_what_is_asked_for_must_be_of_the_reservation_and_of_the_coupon(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon)
    reservation = door.reserve()
    for asked in ([], [AskedUse(door.event.id + 99, coupon.code)], [AskedUse(door.event.id, coupon.code, kind=COMP)]):
        with pytest.raises(Invalid):
            holding.use(reservation.id, asked)
    door.use(reservation, coupon.code, kind=DISCOUNT)


def test_the_offer_that_can_be_used_is_used_and_of_several_the_one_that_ends_first(door):
    coupon = desk.coupon(door.acme)
    late = desk.assigned(coupon, end="2039-01-01")
    early = desk.assigned(coupon, end="2038-01-01", limit=1)
    desk.assigned(coupon, start="2037-01-01", end="2037-02-01")
    used = [door.use(door.reserve(), coupon.code)[0].offer_id for _ in range(2)]
    assert [CouponOffer.get_by_id(offer).assignment_id for offer in used] == [early.id, late.id]


def test_a_check_says_each_step_in_order_for_any_moment_and_changes_nothing(world, door):
    coupon = desk.coupon(door.acme)
    other = desk.event(door.acme)
    desk.assigned(coupon, event_ids=[door.event.id], start="2030-05-01", end="2030-05-31", timezone="Europe/Vienna",
        blackout={"start": "2030-05-10", "end": "2030-05-10", "days": []})  # fmt: skip
    outcome = door.check(coupon.code)
    assert [step["outcome"] for step in outcome.steps] == ["passed"] * 4 + ["failed"] + ["not reached"] * 7
    assert outcome.mend == "change_dates"
    assignment = CouponAssignment.get()
    for moment, step in (
        (assignment.starts_at - clock.MICROSECOND, "dates"), (assignment.starts_at, None),
        (assignment.ends_at - clock.MICROSECOND, None), (assignment.ends_at, "dates"),
        (assignment.starts_at + timedelta(days=9, hours=1), "blackout"), (assignment.starts_at + timedelta(days=10), None),
    ):  # fmt: skip
        failed = first_failed(door.check(coupon.code, moment=moment).steps)
        assert (failed and failed["check"]) == step, moment
    here = {"moment": assignment.starts_at}
    elsewhere = checking.check([door.acme.id], Asked(coupon.code, other.id, door.listing.id), **here)
    assert first_failed(elsewhere.steps)["check"] == "event"
    for whose, code in ((door.acme.id, "UNKNOWN"), (world.rival.id, coupon.code)):
        outcome = checking.check([whose], Asked(code, door.event.id, door.listing.id), **here)
        assert first_failed(outcome.steps)["check"] == "code"
    assert counted(coupon) == (0, 0, 0, 0)


def test_a_refusal_leaves_a_trace_with_its_steps(door):
    coupon = desk.coupon(door.acme)
    desk.assigned(coupon, limit=1)
    door.use(door.reserve(), coupon.code)
    with pytest.raises(Refused) as error:
        door.use(door.reserve(), coupon.code)
    refusals.note(error.value)
    (trace,) = refusals.recent(door.acme.id, "coupon")
    assert (trace.thing_id, first_failed(trace.steps)["check"]) == (str(coupon.id), "uses")
