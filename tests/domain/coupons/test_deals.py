"""A coupon reported with a deal: one use of it, the promoter whom it names where no link says otherwise, and given back once."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.affiliate.attribution.attribution import is_by_code
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals import again, deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions import checks, promotions
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.refunds import refunds
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates.tables import TemplateCatalog
from portal.domain.cards.ties import deal_ties as deal_ties
from portal.domain.coupons import persons as persons
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import COMP, FIXED, PRESALE, Coupon
from portal.domain.coupons.imports import imports
from portal.domain.coupons.imports import work as import_work
from portal.domain.coupons.imports.tables import CouponImportRow
from portal.domain.coupons.reservations import held, settling
from portal.domain.coupons.reservations.tables import Reservation
from portal.domain.coupons.ties import coupon_ties as coupon_ties
from portal.domain.coupons.ties import promoters
from portal.domain.coupons.ties.tables import CouponDeal
from portal.domain.coupons.uses.tables import CouponUse
from portal.domain.errors import Invalid, Refused, Taken
from portal.domain.members import merging
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Offer
from tests.contract.promoters import promoted
from tests.domain.conftest import begin as begin
from tests.domain.conftest import market as market
from tests.domain.coupons.test_uses import Door, counted
from tests.support import desk, loyalty

LINK = "myshare=BDGSYEHVX"


@pytest.fixture
def shop(market):
    """Acme's shop, whose catalog allows codes and which northwind sells for 20 %; everything verifies afterwards."""
    limits = {"min_promo_code_percent": Decimal(0), "max_promo_code_percent": Decimal(20)}
    market.catalog = catalogs.change(market.catalog, {"is_promocode_allowed": True, **limits})
    terms.change(Offer.get(Offer.name == "Plan"), {"is_promocode_allowed": True})
    yield market
    assert verify.faults() == []


def made(shop, limit: int = 100, **given) -> Coupon:
    """A coupon of acme's under an assignment, of 10 % unless it says otherwise."""
    coupon = desk.coupon(shop.world.acme, **given)
    desk.assigned(coupon, limit=limit)
    return coupon


def bought(shop, coupon, deal_id: str = "d", another_data=None, cost: str = "900", **more) -> Deal:
    """A paid deal that is reported with the coupon."""
    shop.report("Paid", cost, deal_id, promo_code=f" {coupon.written.lower()}", another_data=another_data, **more)
    return shop.deal(deal_id)


def step(deal, check: str = "code usable") -> tuple[str, str]:
    found = next(each for each in deal.attribution if each["check"] == check)
    return found["outcome"], found["detail"]


def uses(coupon) -> int:
    """Its live uses, which all of its counters tell."""
    of_coupon, of_offers, of_assignments, _ = counted(coupon)
    assert of_coupon == of_offers == of_assignments
    return of_coupon


def test_a_coupon_without_a_link_is_the_promoters_whom_it_names_and_earns_of_what_was_paid(shop):
    coupon = made(shop)
    promoters.set_for(shop.world.acme.id, coupon.id, shop.promotion.uid)
    deal = bought(shop, coupon, cost="9.00")  # 10.00 less 10 %
    assert (deal.promotion_id, deal.payment_sum, deal.used_code_id) == (shop.promotion.id, 180, None)
    assert is_by_code(deal.attribution)
    use = CouponUse.get(CouponUse.coupon == coupon)
    assert (use.state, use.amount, use.currency, counted(coupon)) == ("committed", 100, "USD", (1, 1, 1, 100))
    assert CouponDeal.get(CouponDeal.deal == deal).use_id == use.id
    promoters.set_for(shop.world.acme.id, coupon.id, shop.promotion.uid, Decimal(50))
    assert bought(shop, coupon, "d-2", cost="9.00").payment_sum == 450
    promoters.set_for(shop.world.acme.id, coupon.id, None)
    nobodys = bought(shop, coupon, "d-3")
    assert (nobodys.promotion_id, step(nobodys)) == (None, ("failed", "it is no promoter’s"))
    assert uses(coupon) == 3


def test_a_link_comes_before_the_coupon_whose_own_reward_is_not_paid_then_and_the_deal_says_why(shop):
    other = promoted(shop.catalog.uuid, shop.world.rival, uid="RJVALRJVAL", code=None)
    coupon = made(shop)
    promoters.set_for(shop.world.acme.id, coupon.id, other.uid, Decimal(50))
    deal = bought(shop, coupon, another_data=LINK, cost="9.00")
    assert (deal.promotion_id, deal.payment_sum, uses(coupon)) == (shop.promotion.id, 180, 1)
    assert step(deal) == ("passed", "it is used, but it is another promoter’s, and a link counts before a code")
    assert not is_by_code(deal.attribution)
    alone = bought(shop, coupon, "d-2", cost="9.00")
    assert (alone.promotion_id, alone.payment_sum) == (other.id, 450)


def test_a_deal_that_is_reported_twice_uses_the_coupon_once_and_one_that_cannot_be_used_leaves_the_deal(shop):
    coupon = made(shop, limit=1)
    for _ in range(2):
        deal = bought(shop, coupon)
    assert uses(coupon) == 1
    promoters.set_for(shop.world.acme.id, coupon.id, shop.promotion.uid)
    refused = bought(shop, coupon, "d-2")
    outcome, detail = step(refused)
    assert (refused.promotion_id, refused.payment_sum, outcome, uses(coupon)) == (None, 0, "failed", 1)
    assert detail == "the coupon cannot be used: The 1 use of the coupon is made."
    shop.update("Canceled", deal.deal_id)
    assert bought(shop, coupon, "d-3").promotion_id == shop.promotion.id


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"budget": 50, "currency": "USD"}, "budget"),
        ({"amount_type": FIXED, "amount": 100, "currency": "EUR"}, "The coupon is in EUR, the deal in USD."),
        ({"customer_limit": 1}, "customer"),
    ],
)
def test_a_limit_of_the_coupon_holds_for_deals_too(shop, given, why):
    coupon = made(shop, **given)
    bought(shop, coupon)  # Of a budget of 0.50 it takes all.
    detail = step(bought(shop, coupon, "d-2"))[1]
    assert detail.startswith("the coupon cannot be used: ") and why in detail
    assert counted(coupon)[3] <= (coupon.budget or 10_000)


def test_a_coupon_that_is_switched_off_not_assigned_or_not_yet_good_is_not_used(shop):
    acme = shop.world.acme
    off, unassigned, early = made(shop), desk.coupon(acme), desk.coupon(acme)
    coupons.end(acme.id, off.id)
    desk.assigned(early, start="2039-01-01", end="2039-12-31")
    reasons = ((off, "switched off"), (unassigned, "not assigned"), (early, "2039-01-01"))
    for number, (coupon, why) in enumerate(reasons):
        assert why in step(bought(shop, coupon, f"d-{number}"))[1]
        assert Coupon.get_by_id(coupon.id).uses == 0


def test_what_a_reservation_holds_though_its_time_is_over_is_there_for_a_deal(shop):
    door, coupon = Door(shop.world.acme), made(shop, limit=1)
    reservation = door.reserve()
    door.use(reservation, coupon.code)
    assert "The 1 use of the coupon is made." in step(bought(shop, coupon))[1]
    Reservation.update(expires_at=clock.now()).where(Reservation.id == reservation.id).execute()
    assert step(bought(shop, coupon, "d-2"))[1] == "it is no promoter’s"
    assert uses(coupon) == 1


def test_a_deal_of_a_reservation_books_no_use_of_its_own_and_gives_that_one_back_once(shop):
    door, coupon = Door(shop.world.acme), made(shop, limit=2)
    reservation = door.reserve()
    (use,) = door.use(reservation, coupon.code)
    settling.purchase(reservation.id)
    deal = bought(shop, coupon, another_data=f"reservation={reservation.id}")
    assert (CouponDeal.get(CouponDeal.deal == deal).use_id, uses(coupon)) == (use.id, 1)
    another = bought(shop, coupon, "d-2", another_data=f"reservation={reservation.id}")
    assert "is another deal’s" in step(another)[1]
    none = bought(shop, coupon, "d-3", another_data="reservation=999999")
    assert "has no use of the coupon" in step(none)[1] and uses(coupon) == 1
    for _ in range(2):
        shop.update("Canceled")
    assert uses(coupon) == 0
    with pytest.raises(Refused):
        settling.release(reservation.id)
    assert uses(coupon) == 0


@pytest.mark.parametrize("end", [settling.purchase, settling.release])
def test_a_canceled_deal_leaves_a_reservation_that_is_still_held_with_its_use(shop, end):
    door, coupon = Door(shop.world.acme), made(shop)
    reservation = door.reserve()
    door.use(reservation, coupon.code)
    named = f"reservation={reservation.id}"
    bought(shop, coupon, another_data=named)
    for _ in range(2):
        shop.update("Canceled")
    assert (uses(coupon), held.seen(reservation.id).state) == (1, "held")
    end(reservation.id)
    is_bought = end is settling.purchase
    assert uses(coupon) == is_bought
    assert (step(bought(shop, coupon, "d-2", another_data=named))[1] == "it is no promoter’s") == is_bought
    shop.update("Canceled", "d-2")
    assert uses(coupon) == 0


def test_a_deal_of_which_a_part_was_returned_gives_its_use_back_once_when_it_is_canceled(shop):
    coupon = made(shop, amount_type=FIXED, amount=100, currency="USD")
    deal = shop.approved("d", "9", promo_code=coupon.written, another_data=LINK)
    refunds.give_back(shop.world.acme.id, deal.deal_id, Decimal(4))
    assert counted(coupon) == (1, 1, 1, 100)
    for _ in range(2):
        shop.update("Canceled", is_returned=True)
    assert counted(coupon) == (0, 0, 0, 0)


def run_out(deal_id: str) -> Deal:
    deal = Deal.get(Deal.deal_id == deal_id)
    past = clock.to_micros(deal.conversion_time) - deal.canceled_duration * deal_moves.SECOND
    Deal.update(conversion_time=past, due_at=clock.micros()).where(Deal.id == deal.id).execute()
    assert deal_moves.settle_due() == 1
    return Deal.get_by_id(deal.id)


def test_a_deal_that_its_time_canceled_gives_its_use_back_and_uses_anew_when_it_is_reported_again(shop):
    coupon = made(shop, limit=1)
    for deal_id in ("d", "e"):
        shop.report(deal_id=deal_id, promo_code=coupon.written)
        run_out(deal_id)
        assert uses(coupon) == 0
    assert again.report_again(shop.world.acme.id, "d", "d-2").promo_code == coupon.written
    assert uses(coupon) == 1
    again.report_again(shop.world.acme.id, "e", "e-2")  # None is left for it; whose it is stays.
    assert uses(coupon) == 1 and shop.deal("e-2").promotion_id == shop.promotion.id


def test_a_coupon_drawn_for_a_customer_names_the_deals_and_is_nobody_elses(shop):
    acme = shop.world.acme
    mia, other = loyalty.customer(acme), loyalty.customer(acme, "Omar")
    coupon = made(shop, member_id=mia.id)
    assert bought(shop, coupon).customer == mia.uuid
    assert "drawn for another customer" in step(bought(shop, coupon, "d-2", another_data=f"customer={other.uuid}"))[1]
    merging.merge(mia, other)
    assert bought(shop, coupon, "d-3", another_data=f"customer={other.uuid}").customer == other.uuid
    assert (Coupon.get_by_id(coupon.id).member_id, {use.member_id for use in CouponUse}) == (other.id, {other.id})


def test_a_coupon_drawn_for_a_customer_finds_the_card_that_the_deal_credits(shop):
    card = loyalty.card(shop.world.acme, 7, currency="USD", credits_deals=True, deal_gives=40)
    TemplateCatalog.create(template=card.template_id, catalog=shop.catalog)
    coupon = made(shop, member_id=card.member_id)
    shop.approved("d", "9", promo_code=coupon.written, another_data=None)
    assert Card.get_by_id(card.id).bonus == 40


def test_discounts_of_coupons_are_told_where_promo_codes_are_asked_for(shop):
    acme = shop.world.acme.id
    percent, comp = made(shop), made(shop, kind=COMP)
    fixed = made(shop, amount_type=FIXED, amount=100, currency="USD")
    assert [checks.code_discount(acme, each.written) for each in (percent, fixed, comp)] == [1000, None, 10_000]
    opening = desk.coupon(shop.world.acme, PRESALE)
    with pytest.raises(checks.Unusable) as error:
        checks.code_discount(acme, opening.written)
    assert error.value.sentence == "The coupon is not assigned to anything. Assign it."
    for number, coupon in enumerate((percent, fixed)):
        bought(shop, coupon, f"d-{number}")
    assert [deals.shown(acme, deal_id).percent_discounts for deal_id in ("d-0", "d-1")] == [1000, None]
    assert CouponUse.select().count() == 2


def test_a_code_that_no_sale_could_use_is_told_by_the_offer_that_comes_nearest_as_a_deal_is(shop):
    coupon = made(shop, limit=1)
    desk.assigned(coupon, start="2039-01-01", end="2041-12-31")
    bought(shop, coupon)
    with pytest.raises(checks.Unusable) as error:
        checks.code_discount(shop.world.acme.id, coupon.written)
    assert "The 1 use of the coupon is made." in error.value.sentence
    assert "The 1 use of the coupon is made." in step(bought(shop, coupon, "e"))[1]


def test_a_code_is_a_promoters_or_a_coupons_and_never_both(shop):
    acme = shop.world.acme
    coupon = made(shop)
    with pytest.raises(Invalid) as invalid:
        promo_codes.create(shop.promotion, coupon.written.lower(), 500)
    assert "is taken in this merchant’s catalogs" in invalid.value.sentence
    promo_codes.create(shop.promotion, "SUMMER", 500)
    with pytest.raises(Taken):
        desk.coupon(acme, code="summer")
    with pytest.raises(Taken):
        coupons.change(acme.id, coupon.id, {"code": "Summer"})
    assert desk.coupon(shop.world.rival, code="SUMMER")


def test_an_import_tells_at_its_preview_which_codes_are_a_promoters(shop):
    promo_codes.create(shop.promotion, "Summer", 500)
    found = imports.start(shop.world.acme.id, "coupons.csv", b"code\nsummer\nFree-1\n", kind=COMP)
    while import_work.work_due():
        pass
    bad = CouponImportRow.get(CouponImportRow.coupon_import == found.id, CouponImportRow.state == "bad")
    assert (imports.find(shop.world.acme.id, found.uuid).new, bad.named) == (1, "SUMMER")
    assert "“Summer” is the promo code of a promoter" in bad.errors[0][1]


def test_a_coupon_names_only_approved_promoters_of_its_merchant(shop):
    acme, coupon = shop.world.acme.id, made(shop)
    with pytest.raises(Invalid):
        promoters.set_for(acme, coupon.id, "NOBODYS22")
    with pytest.raises(Invalid):
        promoters.set_for(acme, coupon.id, None, Decimal(5))
    promoters.set_for(acme, coupon.id, shop.promotion.uid)
    promotions.end(shop.promotion, "merchant")
    deal = bought(shop, coupon)
    assert (deal.promotion_id, step(deal)) == (None, ("failed", "the promoter’s application is ended"))
    with pytest.raises(Refused):
        promoters.set_for(acme, made(shop).id, shop.promotion.uid)
