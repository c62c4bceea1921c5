"""Coupons through their pages: found, made, changed, assigned, switched off, shared, with what they cost and brought."""

import re

import pytest

from portal import clock
from portal.domain.coupons.assignments import changes
from portal.domain.coupons.coupons import coupons, standing
from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP, Coupon
from portal.domain.coupons.reservations import reserving, settling
from portal.domain.coupons.reservations.reserving import Wanted
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ticketed_events import selling
from portal.domain.coupons.uses import holding
from portal.domain.coupons.uses.holding import AskedUse
from tests.support import desk, loyalty


@pytest.fixture
def visitor(world):
    return world.as_("acme", "manager")


def listed(visitor, query: str = "") -> list[str]:
    """The codes of the list, as it stands."""
    return re.findall(
        r'class="row-link mono" href="/coupons/\d+"><span[^>]*>([^<]+)', visitor.get(f"/coupons{query}").text
    )


def used(party, coupon, *, tickets: int = 2, member_id: int | None = None):
    """A reservation on which the coupon is used."""
    level = desk.level(desk.event(party))
    made = reserving.reserve(party.id, desk.listing(level).id, [Wanted(level.id, tickets)], member_id)
    holding.use(made.reservation.id, [AskedUse(level.event_id, coupon.written)])
    return made.reservation


def test_the_list_finds_by_the_code_and_the_name_and_tells_how_each_stands(world, visitor):
    assert "No coupons yet" in visitor.get("/coupons").text
    running = desk.coupon(world.acme, code="SUMMER-RADIO", name="Radio")
    desk.assigned(running, limit=1)
    coming, over, off = (desk.coupon(world.acme, code=code) for code in ("NEXT-1", "GONE-1", "STOPPED-1"))
    desk.assigned(coming, start="2040-01-01")
    desk.assigned(over, end="2020-12-31")
    coupons.end(world.acme.id, off.id)
    desk.coupon(world.acme, ACCESS, code="LOOSE-1", tags=("Press",))
    desk.coupon(world.rival, code="SUMMER-RIVAL")
    states = {
        standing.RUNNING: ["SUMMER-RADIO"], standing.COMING: ["NEXT-1"], standing.OVER: ["GONE-1"], standing.OFF: ["STOPPED-1"],
        standing.UNASSIGNED: ["LOOSE-1"], standing.USED_UP: [], standing.ACTIVE: ["LOOSE-1", "GONE-1", "NEXT-1", "SUMMER-RADIO"],
    }  # fmt: skip
    assert {state: listed(visitor, f"?state={state}") for state in states} == states
    assert listed(visitor, "?q=summer") == listed(visitor, "?q=dio") == listed(visitor, "?q=radi") == ["SUMMER-RADIO"]
    assert listed(visitor, f"?type={ACCESS}") == ["LOOSE-1"] and len(listed(visitor)) == 5
    assert "No coupon fits" in visitor.get("/coupons?q=nothing").text
    used(world.acme, running)
    assert listed(visitor, "?state=used_up") == ["SUMMER-RADIO"] and listed(visitor, "?state=running") == []


def test_a_use_that_has_run_out_is_back_before_the_list_is_read(world, visitor):
    coupon = desk.coupon(world.acme, code="LAST-1")
    desk.assigned(coupon, limit=1)
    held = used(world.acme, coupon)
    assert listed(visitor, "?state=running") == []
    Reservation.update(expires_at=clock.now()).where(Reservation.id == held.id).execute()
    assert listed(visitor, "?state=running") == ["LAST-1"]


def test_a_coupon_is_made_with_what_its_type_has_and_what_is_wrong_stands_beside_it(world, visitor):
    mia = loyalty.customer(world.acme, "Mia", mail="mia@example.com")
    given = {"kind": AUTO, "code": "auto-1", "name": "Large orders", "amount": "5,50", "amount_type": "fixed", "currency": "EUR",
        "threshold": "100", "budget": "1000", "tags": "Sponsor, Radio", "rank": "2", "is_alone": "y", "drawn_for": "Mia@Example.com"}  # fmt: skip
    place = visitor.post("/coupons/new", given).location
    made = Coupon.get(Coupon.code == "AUTO-1")
    assert place == f"/coupons/{made.id}"
    sums = (made.amount, made.threshold, made.budget, made.currency)
    assert sums == (550, 10_000, 100_000, "EUR") and (made.rank, made.is_alone, made.member_id) == (2, True, mia.id)
    assert "Nobody can use it yet" in visitor.get(place).text
    again = visitor.post("/coupons/new", given | {"code": "AUTO-1"})
    assert again.status_code == 422 and "There is a coupon with the code" in again.text
    wrong = visitor.post("/coupons/new", given | {"code": "x", "drawn_for": "nobody@example.com"})
    assert wrong.status_code == 422 and "There is no such customer" in wrong.text
    assert (
        visitor.post(
            "/coupons/new",
            {"kind": COMP, "code": "FREE-1", "name": "Press", "amount_type": "percentage", "currency": ""},
        ).status_code
        == 303
    )
    assert Coupon.select().count() == 2


@pytest.mark.parametrize(
    ("only", "typed", "column", "expected"),
    [
        ("name", {"name": "Other"}, "name", "Other"),
        ("gives", {"amount": "12.5", "amount_type": "percentage"}, "amount", 1250),
        ("budget", {"budget": "90"}, "budget", 9000),
        ("limits", {"customer_limit": "2", "minimum_tickets": ""}, "customer_limit", 2),
        ("combination", {"is_alone": "y", "rank": "-1"}, "is_alone", True),
    ],
)
def test_what_is_changed_in_place_changes_that_alone(world, visitor, only, typed, column, expected):
    coupon = desk.coupon(world.acme, opens=True, customer_limit=5, tags=("Press",))
    before = Coupon.get_by_id(coupon.id).__data__
    assert visitor.get(f"/coupons/{coupon.id}/edit?only={only}").status_code == 200
    typed = typed | ({"opens": "y"} if only == "combination" else {})
    assert visitor.post(f"/coupons/{coupon.id}/edit?only={only}", typed).status_code == 303
    after = Coupon.get_by_id(coupon.id).__data__
    assert after[column] == expected
    changed = {name for name in after if after[name] != before[name]} - {"modified_at", column}
    assert changed <= {"rank"} | ({"currency"} if only == "budget" else set())


def test_its_page_tells_what_it_is_for_and_leads_to_its_assignments(world, visitor):
    coupon, event = desk.coupon(world.acme), desk.event(world.acme, name="Opening night")
    level = desk.level(event, name="Stalls")
    whole, part = desk.assigned(coupon, limit=7), desk.assigned(coupon, price_level_ids=[level.id])
    shown = visitor.get(f"/coupons/{coupon.id}?tab=offers").text
    assert "Every event" in shown and "0 of 7" in shown and "Opening night: Stalls" in shown
    assert all(f"/assignments/{terms.uuid}" in shown for terms in (whole, part))
    changes.end(world.acme.id, whole.id), changes.end(world.acme.id, part.id)
    assert "It is for nothing yet" in visitor.get(f"/coupons/{coupon.id}?tab=offers").text


def test_a_coupon_is_switched_off_and_on_again(world, visitor):
    coupon = desk.coupon(world.acme)
    assert "Switch" in visitor.get(f"/coupons/{coupon.id}/switching-off").text and coupon.ended_at is None
    visitor.post(f"/coupons/{coupon.id}/switching-off")
    assert "This coupon is switched off" in visitor.get(f"/coupons/{coupon.id}").text
    visitor.post(f"/coupons/{coupon.id}/switching-on")
    assert Coupon.get_by_id(coupon.id).ended_at is None


def test_its_page_tells_what_it_cost_what_it_brought_and_who_used_it(world, visitor):
    coupon = desk.coupon(world.acme, code="SPRING-1", budget=1000, currency="EUR")
    desk.assigned(coupon)
    mia = loyalty.customer(world.acme, "Mia", surname="Berger")
    bought, held = used(world.acme, coupon, member_id=mia.id), used(world.acme, coupon)
    settling.purchase(bought.id)
    overview = visitor.get(f"/coupons/{coupon.id}").text
    assert all(sum_ in overview for sum_ in ("4.00\xa0EUR", "18.00\xa0EUR", "6.00\xa0EUR")), (
        "taken off twice, paid once, budget left"
    )
    uses = visitor.get(f"/coupons/{coupon.id}?tab=uses").text
    assert "Mia Berger" in uses and str(held.id) in uses and uses.count("2.00\xa0EUR") == 2
    settling.release(held.id)
    assert "Given back" in visitor.get(f"/coupons/{coupon.id}?tab=uses").text
    assert "4.00\xa0EUR" not in visitor.get(f"/coupons/{coupon.id}").text


def test_the_link_leads_to_shops_that_it_is_for_and_carries_the_code(world, visitor):
    level, other = desk.level(desk.event(world.acme)), desk.level(desk.event(world.acme))
    listing, foreign = desk.listing(level), desk.listing(other)
    selling.switch(world.acme.id, listing.id, True)
    coupon = desk.coupon(world.acme, code="Spring-1")
    desk.assigned(coupon, event_ids=[level.event_id])
    shared = visitor.get(f"/coupons/{coupon.id}?tab=share").text
    assert f"/shop/{listing.key}?code=Spring-1" in shared and foreign.key not in shared and "<svg" in shared
    assert "do not see this shop" not in shared
    selling.switch(world.acme.id, listing.id, False)
    closed = visitor.get(f"/coupons/{coupon.id}?tab=share").text
    assert "do not see this shop" in closed and f"/events/{level.event_id}?tab=listings" in closed


def test_coupons_are_found_by_their_code_and_their_name(world, visitor):
    coupon = desk.coupon(world.acme, code="WINTER-55", name="Radio Vienna")
    desk.coupon(world.rival, code="WINTER-66")
    for text in ("winter-55", "wint", "vienna"):
        assert f'href="/coupons/{coupon.id}"' in visitor.get(f"/search?q={text}").text
    assert "WINTER-66" not in visitor.get("/search?q=winter").text


def test_a_viewer_changes_nothing(world):
    coupon = desk.coupon(world.acme)
    viewer = world.as_("acme", "viewer")
    assert (
        viewer.get(f"/coupons/{coupon.id}?tab=details").status_code == 200
        and "New coupon" not in viewer.get("/coupons").text
    )
    assert viewer.post(f"/coupons/{coupon.id}/switching-off").status_code == 403
    assert Coupon.get().ended_at is None
