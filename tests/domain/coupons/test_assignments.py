"""Assignments: all coupons or none, of one seller, for what is the seller's; changed without touching what was used."""

import pytest

from portal.domain.coupons.assignments import assigning, changes, scope
from portal.domain.coupons.assignments.tables import AssignedLevel, CouponAssignment, CouponOffer
from portal.domain.coupons.coupons import coupons as verbs
from portal.domain.coupons.coupons.tables import ACCESS, AUTO, COMP, DISCOUNT, INVITE, PRESALE, RESERVED, Coupon
from portal.domain.coupons.ticketed_events import events
from portal.domain.errors import Forbidden, Invalid, NotFound, Refused
from tests.support import desk

OPENING = (PRESALE, RESERVED, INVITE, ACCESS)


@pytest.fixture
def evening(acme):
    return desk.event(acme)


@pytest.fixture
def row(evening):
    return desk.level(evening)


def nothing_written() -> bool:
    return not CouponAssignment.select().exists() and not CouponOffer.select().exists()


def test_each_coupon_gets_an_offer_under_the_same_terms(acme, evening, row):
    coupons = [desk.coupon(acme) for _ in range(3)]
    before = {each.id: each.modified_at for each in coupons}
    made = desk.assigned(
        *coupons, start="2026-06-01", end="2026-06-30", timezone="Europe/Vienna", limit=5, ticket_limit=2,
        is_shared=True, event_ids=[evening.id, evening.id], price_level_ids=[row.id], taggable=True,
        blackout={"start": "2026-06-02", "end": "2026-06-03"},
    )  # fmt: skip
    assert [offer.coupon for offer in made.offers.order_by(CouponOffer.id)] == coupons
    assert (made.starts_on, made.ends_on, made.timezone, made.use_limit, made.ticket_limit, made.is_shared) == (
        "2026-06-01", "2026-06-30", "Europe/Vienna", 5, 2, True,
    )  # fmt: skip
    assert made.starts_at.isoformat() == "2026-05-31T22:00:00+00:00"
    assert changes.of(made)["event_ids"] == [evening.id] and made.blackout[0]["start"] == "2026-06-02"
    assert all(each.modified_at > before[each.id] for each in Coupon.select())


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 2**31}, "limit"),
        ({"ticket_limit": -1}, "ticket_limit"),
        ({"end": "2019-12-31"}, "end_date"),
        ({"timezone": "Vienna"}, "timezone"),
        ({"blackout": "soon"}, "blackout"),
        ({"is_everywhere": False}, "event_ids"),
        ({"is_everywhere": True, "event_ids": [1]}, "global"),
        ({"is_everywhere": True, "price_level_ids": [1]}, "price_level_ids"),
        ({"event_ids": [10**9]}, "event_ids"),
        ({"price_level_ids": [10**9]}, "price_level_ids"),
        ({"bundle_ids": [10**9]}, "bundle_ids"),
    ],
)
def test_wrong_terms_assign_nothing(acme, terms, field):
    with pytest.raises(Invalid) as refusal:
        desk.assigned(desk.coupon(acme), **terms)
    assert refusal.value.field == field and nothing_written()


@pytest.mark.parametrize("number", [0, 501])
def test_one_to_five_hundred_coupons_are_assigned_at_once(acme, number):
    with pytest.raises(Invalid) as refusal:
        assigning.assign([acme.id], [desk.coupon(acme).id] * number, assigning.Terms("2026-01-01", "2026-01-02", 1))
    assert refusal.value.field == "coupon_ids"


def test_a_foreign_coupon_and_one_that_is_nobodys_are_refused_alike(acme, world):
    foreign = desk.coupon(world.rival).id
    for number in (foreign, 10**9):
        with pytest.raises(Forbidden) as refusal:
            assigning.assign([acme.id], [desk.coupon(acme).id, number], assigning.Terms("2026-01-01", "2026-01-02", 1))
        assert refusal.value.sentence == "The user does not have permission to edit the offer" and nothing_written()


def test_an_assignment_is_of_one_seller_and_covers_its_own_things_alone(acme, world):
    north, wind = desk.coupon(world.north), desk.coupon(world.wind)
    sellers = [world.north.id, world.wind.id]
    terms = assigning.Terms("2026-01-01", "2026-01-02", 1, is_everywhere=True)
    with pytest.raises(Invalid) as refusal:
        assigning.assign(sellers, [north.id, wind.id], terms)
    assert refusal.value.field == "coupon_ids"
    event = desk.event(world.wind)
    with pytest.raises(Invalid):
        assigning.assign(sellers, [north.id], terms._replace(is_everywhere=False, event_ids=[event.id]))
    assert nothing_written()
    assert len(assigning.assign(sellers, [wind.id], terms._replace(is_everywhere=False, event_ids=[event.id]))) == 1


@pytest.mark.parametrize("kind", [PRESALE, RESERVED, AUTO, INVITE, ACCESS])
def test_bundles_are_for_discount_and_comp_alone(acme, row, kind):
    of_rows = desk.bundle(row)
    assert desk.assigned(desk.coupon(acme, DISCOUNT), desk.coupon(acme, COMP), bundle_ids=[of_rows.id])
    with pytest.raises(Refused) as refusal:
        desk.assigned(
            desk.coupon(acme, COMP), desk.coupon(acme, kind), bundle_ids=[of_rows.id], price_level_ids=[row.id]
        )
    assert refusal.value.sentence == "Only discount and comp coupons can be applied to bundles"
    assert CouponAssignment.select().count() == 1


@pytest.mark.parametrize("kind", OPENING)
def test_what_opens_price_levels_names_them_globally_too(acme, evening, row, kind):
    coupon = desk.coupon(acme, kind)
    for terms in ({"event_ids": [evening.id]}, {"is_everywhere": True}):
        with pytest.raises(Invalid) as refusal:
            desk.assigned(coupon, **terms)
        assert refusal.value.field == "price_level_ids"
        assert desk.assigned(coupon, price_level_ids=[row.id], **terms)


def test_an_event_is_covered_whole_or_only_by_the_levels_that_are_named(acme, evening, row):
    other, later = desk.level(evening), desk.event(acme)
    elsewhere, coupon = desk.level(later), desk.coupon(acme)
    bundle = desk.bundle(row, other)

    def covered(**terms):
        return scope.of(desk.assigned(coupon, **terms))

    whole = covered(event_ids=[evening.id])
    assert whole.covers(evening.id) and whole.covers(evening.id, other.id) and not whole.covers(later.id)
    part = covered(event_ids=[evening.id, later.id], price_level_ids=[row.id])
    assert part.covers(evening.id, row.id) and not part.covers(evening.id, other.id)
    assert part.covers(later.id, elsewhere.id) and not part.covers_bundle(bundle.id)
    alone = covered(price_level_ids=[row.id])
    assert alone.covers(evening.id) and not alone.covers(evening.id, other.id) and not alone.covers(later.id)
    everywhere = covered(is_everywhere=True)
    assert everywhere.covers(later.id, elsewhere.id) and everywhere.covers_bundle(bundle.id)
    bundled = covered(bundle_ids=[bundle.id])
    assert bundled.covers_bundle(bundle.id) and not bundled.covers(evening.id, row.id)
    opened = scope.of(desk.assigned(desk.coupon(acme, ACCESS), is_everywhere=True, price_level_ids=[row.id]))
    assert opened.covers(evening.id, row.id) and not opened.covers(evening.id, other.id) and not opened.covers(later.id)


def test_a_change_keeps_what_it_does_not_name_and_moves_the_coupons(acme, evening, row):
    coupon = desk.coupon(acme)
    made = desk.assigned(coupon, event_ids=[evening.id], price_level_ids=[row.id], limit=10)
    before = Coupon.get_by_id(coupon.id).modified_at
    changed = changes.change(acme.id, made.id, {"limit": 3, "end": "2030-01-01", "price_level_ids": []})
    assert (changed.use_limit, changed.ends_on, changed.ends_at.year, changed.starts_on) == (
        3,
        "2030-01-01",
        2030,
        made.starts_on,
    )
    assert changes.of(CouponAssignment.get_by_id(made.id))["event_ids"] == [evening.id]
    assert not AssignedLevel.select().exists()
    moved = Coupon.get_by_id(coupon.id).modified_at
    assert moved > before
    changes.change(acme.id, made.id, {"limit": 3})
    assert Coupon.get_by_id(coupon.id).modified_at == moved


def test_a_limit_below_the_uses_is_taken_and_deletes_none(acme):
    made = desk.assigned(desk.coupon(acme), limit=10)
    CouponAssignment.update(uses=0).execute()
    assert changes.change(acme.id, made.id, {"limit": 1}).use_limit == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"end": "2001-01-01"}, "end_date"),
        ({"is_everywhere": False}, "event_ids"),
        ({"blackout": "{"}, "blackout"),
    ],
)
def test_a_wrong_change_changes_nothing(acme, wrong, field):
    made = desk.assigned(desk.coupon(acme))
    with pytest.raises(Invalid) as refusal:
        changes.change(acme.id, made.id, {"ticket_limit": 4, **wrong})
    assert refusal.value.field == field
    assert CouponAssignment.get_by_id(made.id).ticket_limit is None


def test_a_scope_that_a_coupons_type_forbids_is_no_change(acme, row):
    made = desk.assigned(desk.coupon(acme, COMP), desk.coupon(acme, AUTO))
    with pytest.raises(Refused):
        changes.change(acme.id, made.id, {"is_everywhere": False, "bundle_ids": [desk.bundle(row).id]})


def test_an_assignment_is_taken_away_once_and_changes_no_more(acme):
    made = desk.assigned(desk.coupon(acme))
    ended = changes.end(acme.id, made.id)
    assert changes.end(acme.id, made.id).ended_at == ended.ended_at
    with pytest.raises(Refused):
        changes.change(acme.id, made.id, {"limit": 5})


def test_another_sellers_assignment_is_not_found(acme, world):
    made = desk.assigned(desk.coupon(world.rival))
    for act in (changes.find, changes.end, lambda *ids: changes.change(*ids, {"limit": 1})):
        with pytest.raises(NotFound):
            act(acme.id, made.id)


@pytest.mark.engine("postgresql")
def test_nobody_waits_for_what_is_another_sellers_nor_holds_it_up(acme, world, elsewhere, impatient):
    coupon = desk.coupon(world.rival)
    event, assignment = desk.event(world.rival), desk.assigned(coupon)
    for table, row in (("coupon", coupon), ("ticketed_event", event), ("coupon_assignment", assignment)):
        elsewhere.execute(f"SELECT id FROM {table} WHERE id = %s FOR UPDATE", (row.id,))
    terms = assigning.Terms("2030-01-01", "2031-01-01", limit=1, is_everywhere=True)
    with pytest.raises(Forbidden):
        assigning.assign([acme.id], [coupon.id], terms)
    for act in (
        lambda: verbs.end(acme.id, coupon.id),
        lambda: events.change(acme.id, event.id, {"name": "Mine"}),
        lambda: changes.end(acme.id, assignment.id),
    ):
        with pytest.raises(NotFound):
            act()
