"""What a coupon and a deal are told of each other: on both sides' pages of the deal, among a promoter's codes, and on the page of
the customer whose coupon it is."""

from decimal import Decimal

from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.tables import ACCESS, FIXED, Coupon
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.ties import of_customers as of_customers
from portal.domain.coupons.ties import promoters, telling
from portal.domain.coupons.uses.tables import CouponUse
from tests.domain.coupons.test_deals import LINK, bought, made
from tests.domain.coupons.test_deals import begin as begin
from tests.domain.coupons.test_deals import market as market
from tests.domain.coupons.test_deals import shop as shop
from tests.domain.coupons.test_uses import Door
from tests.support import desk, loyalty


def test_both_sides_of_a_deal_are_told_of_the_coupon_that_brought_it_and_the_merchant_of_its_use(shop, world):
    coupon = made(shop, name="Ridge Radio", code="RIDGE-RADIO")
    promoters.set_for(world.acme.id, coupon.id, shop.promotion.uid)
    deal = bought(shop, coupon, cost="9.00")
    page = world.as_("acme").get(f"/deals/{deal.uuid}").text
    assert "<h3>Ridge Radio</h3>" in page and "Used: it took off 1.00 USD" in page
    assert 'used the promo code <span class="mono">ridge-radio</span>' in page
    theirs = world.as_("northwind").get(f"/promotions/deals/{deal.uuid}").text
    assert "The customer used your promo code ridge-radio" in theirs and "it took off" not in theirs
    shop.update("Canceled")
    assert "Given back: it can be used once more" in world.as_("acme").get(f"/deals/{deal.uuid}").text
    use = CouponUse.get(CouponUse.coupon == coupon)
    assert telling.deals_of([use.id])[use.id].deal_id == "d"


def test_a_deal_whose_link_came_first_says_why_the_coupon_did_not_decide(shop, world):
    coupon = made(shop, code="BESIDE")
    deal = bought(shop, coupon, another_data=LINK)
    page = world.as_("acme").get(f"/deals/{deal.uuid}").text
    assert "it is used, and the link says whose the deal is" in page
    assert "The customer came by the link with the id" in page


def test_a_promoter_finds_the_merchants_coupons_that_name_it_among_its_codes(shop, world):
    percent, fixed = made(shop, code="TENTH"), made(shop, code="FIVER", amount_type=FIXED, amount=500, currency="USD")
    for coupon, reward in ((percent, Decimal(15)), (fixed, None)):
        promoters.set_for(world.acme.id, coupon.id, shop.promotion.uid, reward)
    coupons.end(world.acme.id, fixed.id)
    page = world.as_("northwind").get(f"/promotions/{shop.promotion.uid}").text
    codes = page[page.index('id="codes"') :]
    assert "TENTH" in codes and "10% off" in codes and "you earn 15" in codes
    assert "FIVER" in codes and "5.00 USD off" in codes and "a coupon of the merchant’s that names you" in codes


def test_a_customers_page_has_a_tab_of_their_coupons_where_there_are_any(shop, world):
    mia, omar = loyalty.customer(world.acme), loyalty.customer(world.acme, "Omar")
    deal = bought(shop, made(shop, name="Happy birthday", code="FOR-MIA", member_id=mia.id))
    visitor = world.as_("acme")
    assert "tab=coupons" not in visitor.get(f"/customers/{omar.uuid}").text
    assert "tab=coupons" in visitor.get(f"/customers/{mia.uuid}").text
    tab = visitor.get(f"/customers/{mia.uuid}?tab=coupons").text
    assert "FOR-MIA" in tab and "Drawn for this customer alone" in tab and "Used: it took off" in tab
    assert f'href="/deals/{deal.uuid}"' in tab
    assert visitor.get(f"/customers/{omar.uuid}?tab=coupons").status_code == 200


def test_a_reservation_tells_what_its_uses_opened_and_the_deal_that_they_led_to(shop, world):
    door = Door(world.acme)
    coupon = desk.coupon(world.acme, ACCESS)
    desk.assigned(coupon, price_level_ids=[door.level.id])
    reservation = door.reserve()
    door.use(reservation, coupon.code)
    settling.purchase(reservation.id)
    deal = bought(shop, coupon, another_data=f"reservation={reservation.id}")
    page = world.as_("acme").get(f"/reservations/{reservation.id}").text
    assert f"opens {door.level.name}" in page
    assert f'led to the deal <a href="/deals/{deal.uuid}">d</a>' in page


def test_a_coupon_is_given_a_promoter_and_a_reward_of_its_own_on_its_page(shop, world):
    coupon, owner = made(shop, code="TENTH"), world.as_("acme")
    place = f"/coupons/{coupon.id}/promoter"
    assert owner.post(place, {"promoter": shop.promotion.promoter.name, "own_reward": "12,5"}).status_code == 303
    named = promoters.of(coupon.id)
    assert named and (named.uid, named.reward_percent) == (shop.promotion.uid, 1250)
    form = owner.get(place).text
    assert f'value="{named.label}"' in form and 'value="12.5"' in form
    for wrong, sentence in (
        ({"promoter": "Nobody"}, "Choose a promoter of one of your catalogs."),
        ({"promoter": "", "own_reward": "5"}, "Choose the promoter who gets the reward."),
        ({"promoter": named.uid, "own_reward": "99"}, "percent"),
    ):
        answer = owner.post(place, wrong)
        assert answer.status_code == 422 and sentence in answer.text
    assert owner.post(place, {"promoter": "", "own_reward": ""}).status_code == 303
    assert promoters.of(coupon.id) is None
    assert world.as_("acme", "viewer").get(place).status_code == 403
    assert world.as_("rival").get(place).status_code == 404


def test_a_coupon_names_the_promoter_whose_its_deals_are_and_their_reward(shop, world):
    visitor, promotion = world.as_("acme", "manager"), shop.promotion
    given = {"kind": ACCESS, "code": "INFLUENCER-1", "name": "Mia", "amount_type": "percentage", "currency": ""}
    wrong = visitor.post("/coupons/new", given | {"promoter": "", "own_reward": "12.5"})
    assert wrong.status_code == 422 and "Choose the promoter who gets the reward." in wrong.text
    assert not Coupon.select().exists(), "All or none."
    place = visitor.post("/coupons/new", given | {"promoter": promotion.uid, "own_reward": "12.5"}).location
    assert "12.5%" in visitor.get(f"{place}?tab=details").text
    visitor.post(f"{place}/promoter", {"promoter": "", "own_reward": ""})
    assert "12.5%" not in visitor.get(f"{place}?tab=details").text


def test_a_coupons_page_has_the_deals_of_its_uses_and_what_was_paid_for_them(shop, world):
    coupon = made(shop, code="RIDGE-RADIO", tags=("Radio",))
    deal = bought(shop, coupon, cost="9.00")
    visitor = world.as_("acme")
    assert f'href="/deals/{deal.uuid}"' in visitor.get(f"/coupons/{coupon.id}?tab=uses").text
    assert (
        "9.00\xa0USD" in visitor.get(f"/coupons/{coupon.id}").text
        and "9.00\xa0USD" in visitor.get("/coupons/tags").text
    )
    shop.update("Canceled")
    assert "9.00\xa0USD" not in visitor.get(f"/coupons/{coupon.id}").text
