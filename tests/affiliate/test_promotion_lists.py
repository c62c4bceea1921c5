"""A promoter's own promotions, clicks and deals, as it reads them."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deal_lists import promoter_lists as promoter_deals
from portal.domain.affiliate.deal_lists.promoter_lists import Filter
from portal.domain.affiliate.deals import deals, promoter_passport
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.figures import promotions as promotion_figures
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import lists as promotion_lists
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.errors import NotFound, Refused
from portal.domain.offers.tables import Catalog
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines


@pytest.fixture
def summer(world):
    """Acme's catalog, which northwind sells, with a deal on the way through every status."""
    catalog = things.catalog(world.acme.partner, is_promocode_allowed=True)
    things.offer(catalog), things.landing(catalog)
    things.promotion(catalog, world.northwind)
    return catalog


def clicked(uid="NRTHWND22", key="k" * 22, query="", days_ago=0):
    promotion = Promotion.get(Promotion.uid == uid)
    at = clock.now() - timedelta(days=days_ago)
    return Click.create(key=key, promotion=promotion, query=query, device="Mobile", at=at)


def brought(catalog, deal_id, status="Paid", uid="NRTHWND22", more="", **rest):
    return things.deal(catalog, deal_id, status, another_data=f"uid={uid}{more}", **rest)


def approve_all():
    Deal.update(due_at=0).where(Deal.status == "Paid").execute()
    deal_moves.settle_due()


def test_the_list_has_its_own_promotions_alone_and_is_narrowed(world, summer):
    winter = things.catalog(world.rival.partner, "Winter", "winter", moderation_type="MANUAL_MODERATION")
    promotions.join(world.northwind.partner, winter.short_code)
    promotions.join(world.wind.partner, summer.short_code)
    for state, text, expected in (
        ("", "", ["Winter", "Summer"]),
        ("waiting", "", ["Winter"]),
        ("refused", "", []),
        ("", "rIVal", ["Winter"]),
        ("", "nrthwnd22", ["Summer"]),
        ("", "%", []),
    ):
        rows = promotion_lists.page(world.northwind.id, state, text).rows
        assert [row.title for row in rows] == expected, (state, text)
    assert promotion_lists.states(world.northwind.id) == {"approved": 1, "waiting": 1}
    assert promotion_lists.choices(world.acme.id) == []


def test_each_promotion_tells_what_it_brings(world, summer):
    other = things.catalog(world.rival.partner, "Winter", "winter")
    things.offer(other)
    things.promotion(other, world.northwind, "SECONDXX2")
    for number in range(4):
        clicked(key=f"{number:022}")
    clicked(key="x" * 22, days_ago=40)
    brought(summer, "A"), brought(summer, "B", cost="50")
    approve_all()
    brought(summer, "C", cost="30"), brought(summer, "D", "Created")
    winter, row = promotion_lists.page(world.northwind.id, "", "").rows
    assert (row.clicks, row.deals, row.conversion) == (4, 4, 100)
    assert (row.held, row.due) == ({"USD": 300}, {"USD": 1500})
    assert (winter.clicks, winter.deals, winter.conversion, winter.held, winter.due) == (0, 0, None, {}, {})


def test_what_was_earned_stands_somewhere(world, summer):
    brought(summer, "A"), brought(summer, "B", cost="50")
    approve_all()
    promotion = Promotion.get()
    payouts.run(world.acme.id, [(world.northwind.id, "USD", 1500)])
    brought(summer, "C", cost="30")
    deals.update(world.acme.id, "B", "Canceled")
    earned = promotion_figures.earned(world.northwind.id, [promotion.id], world.acme.id)
    assert earned == ({"USD": 300}, {"USD": -500}, {"USD": 1500}, {})


def test_a_day_is_counted_in_the_promoters_time_zone(world, summer):
    clicked(), brought(summer, "A")
    for zone in ("UTC", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns"):
        days = promotion_figures.days([Promotion.get().id], zone)
        assert len(days) == 30 and (days[-1].clicks, days[-1].deals) == (1, 1)
        assert days[-1].day - days[0].day == timedelta(days=29)


def test_clicks_are_paged_newest_first_and_tell_what_travelled_along(world, summer):
    for number in range(52):
        clicked(key=f"{number:022}", query=f"subid=blog+{number}&x=%C3%BC", days_ago=52 - number)
    things.promotion(things.catalog(world.rival.partner, "Winter", "winter"), world.northwind, "SECONDXX2")
    clicked("SECONDXX2", "z" * 22)
    promotion = Promotion.get(Promotion.uid == "NRTHWND22").id
    first = promotion_lists.clicks(promotion)
    assert first.rows[0].pairs == [("subid", "blog 51"), ("x", "ü")] and first.newer_than is None
    second = promotion_lists.clicks(promotion, before=first.older_than)
    assert [row.pairs[0][1] for row in second.rows] == ["blog 1", "blog 0"] and second.older_than is None
    assert promotion_lists.clicks(promotion, after=second.newer_than).rows == first.rows


def test_deals_of_all_promotions_stand_in_one_order_and_are_paged(world, summer, monkeypatch):
    monkeypatch.setattr(promoter_deals, "_TOGETHER", 2)
    shops = [things.catalog(world.rival.partner, f"Shop {number}", f"shop{number}") for number in range(4)]
    for number, shop in enumerate(shops):
        things.offer(shop), things.promotion(shop, world.northwind, f"SH{number}P22222")
    for number in range(53):
        brought(shops[number % 4], f"D{number}", uid=f"SH{number % 4}P22222")
    brought(summer, "NOT-MINE", uid="")
    ordered = [deal.uuid for deal in Deal.select().where(Deal.deal_id != "NOT-MINE").order_by(Deal.id.desc())]
    first = promoter_deals.page(world.northwind.id, Filter())
    assert [row.uuid for row in first.rows] == ordered[:50] and first.newer_than is None
    second = promoter_deals.page(world.northwind.id, Filter(), before=first.older_than)
    assert [row.uuid for row in second.rows] == ordered[50:] and second.older_than is None
    assert promoter_deals.page(world.northwind.id, Filter(), after=second.newer_than).rows == first.rows
    assert len(promoter_deals.latest(world.northwind.id, "SH1P22222")) == 5
    assert promoter_deals.page(world.wind.id, Filter()).rows == []


def test_deals_are_filtered_by_status_catalog_time_and_any_id_of_the_promoters(world, summer):
    PromoCode.create(
        merchant=world.acme.id, promotion=Promotion.get(), code="TENOFF", written="TenOff", percent_discounts=500
    )
    click = clicked(query="subid=Spring+letter")
    brought(summer, "A", more=f"&click={click.key}"), brought(summer, "B", more="&customer=mia")
    deals.update(world.acme.id, "B", "Canceled")
    Deal.update(due_at=0).where(Deal.deal_id == "A").execute()
    deal_moves.settle_due()
    things.offer(summer, "Coded", is_promocode_allowed=True)
    things.deal(summer, "C", offer="Coded", promo_code="tenoff")
    uuids = {deal.deal_id: deal.uuid for deal in Deal.select()}
    now = clock.now()

    def found(**chosen):
        rows = promoter_deals.page(world.northwind.id, Filter(**chosen)).rows
        return "".join(sorted(name for name, uuid in uuids.items() if uuid in {row.uuid for row in rows}))

    for chosen, expected in (
        ({}, "ABC"),
        ({"status": "Approved"}, "A"),
        ({"status": "Paid"}, ""),
        ({"status": "Canceled"}, "B"),
        ({"uid": "NRTHWND22"}, "ABC"),
        ({"uid": "ELSEWHERE"}, ""),
        ({"since": now - timedelta(hours=1), "until": now + timedelta(hours=1)}, "ABC"),
        ({"until": now - timedelta(hours=1)}, ""),
        ({"text": uuids["B"]}, "B"),
        ({"text": uuids["B"][:8]}, "B"),
        ({"text": "TenOff"}, "C"),
        ({"text": click.key}, "A"),
        ({"text": "spring letter"}, "A"),
        ({"text": "mia"}, ""),
        ({"text": "SUMMER"}, "ABC"),
        ({"text": "acme summer"}, "ABC"),
        ({"text": "spanish acme"}, "AB"),
        ({"text": "a1 summer spanish", "status": "Canceled"}, "B"),
        ({"text": "spanish winter"}, ""),
        ({"text": "%"}, ""),
    ):
        assert found(**chosen) == expected, chosen


def test_whole_ids_are_found_among_all_deals_and_parts_among_the_latest(world, summer, monkeypatch):
    monkeypatch.setattr(promoter_deals, "LOOKED_THROUGH", 3)
    promoter_deals._first_of_each.cache_clear()
    clicks = [clicked(key=f"{number:022}", query=f"subid=letter+{number}") for number in range(5)]
    for number, click in enumerate(clicks):
        brought(summer, f"D{number}", more=f"&click={click.key}")

    def found(text, **more):
        page = promoter_deals.page(world.northwind.id, Filter(text=text, status="Paid"), **more)
        return [row.uuid for row in page.rows]

    uuids = [deal.uuid for deal in Deal.select().order_by(Deal.id)]
    assert found("letter") == uuids[:1:-1]
    third = Deal.get(Deal.deal_id == "D3").id
    assert found("letter", before=third) == [uuids[2]] and found("letter", after=third) == [uuids[4]]
    for text, expected in (
        ("letter 4", [4]),
        ("letter 0", []),
        (clicks[0].key, [0]),
        (uuids[0], [0]),
        (uuids[0][:20], []),
    ):
        assert found(text) == [uuids[number] for number in expected], text
    promoter_deals._first_of_each.cache_clear()


def test_a_passport_tells_the_promoter_what_is_its_own_and_nothing_of_the_merchants(world, summer):
    click = clicked(query="subid=blog")
    brought(summer, "SHOP-ORDER-1", more=f"&click={click.key}&customer=mia")
    deals.update(world.acme.id, "SHOP-ORDER-1", comment="A difficult customer")
    uuid = Deal.get().uuid
    passport = promoter_passport.of(world.northwind.id, uuid.upper())
    assert (passport.standing, passport.payment_sum, passport.travelled) == ("Paid", 1000, [("subid", "blog")])
    assert passport.clears_at is not None and passport.cancels_at is None
    told = repr(passport)
    assert "SHOP-ORDER-1" not in told and "difficult" not in told and "mia" not in told
    assert {step["outcome"] for step in passport.attribution} == {"passed", "not reached"}
    assert all("fix" not in step for step in passport.attribution)
    for stranger, name in ((world.acme, uuid), (world.wind, uuid), (world.northwind, "nothing")):
        with pytest.raises(NotFound):
            promoter_passport.of(stranger.id, name)


def test_a_passport_tells_of_each_payout_that_the_reward_was_in(world, summer):
    brought(summer, "A")
    approve_all()
    passport = promoter_passport.of(world.northwind.id, Deal.get().uuid)
    assert [part[:3] for part in promoter_passport.parts(passport)] == [(1000, None, None)]
    runs = payouts.run(world.acme.id, [(world.northwind.id, "USD", 1000)])
    payout = runs[0].payouts.get()
    deals.update(world.acme.id, "A", "Canceled")
    assert [part[:3] for part in promoter_passport.parts(passport)] == [
        (1000, payout.uuid, payout.number),
        (-1000, None, None),
    ]


def test_a_mark_of_self_referral_is_the_merchants_alone(world, summer):
    things.promotion(summer, world.acme, "ACMEACME2")
    brought(summer, "A", uid="ACMEACME2")
    assert "self-referral" in repr(Deal.get().attribution)
    assert "self-referral" not in repr(promoter_passport.of(world.acme.id, Deal.get().uuid))


def test_a_personal_code_is_the_merchants_to_end(world, summer):
    Catalog.update(min_promo_code_percent=0, max_promo_code_percent=1000).execute()
    promotion = Promotion.get()
    mine = promo_codes.create(promotion, "MINE", 500)
    promo_codes.create(promotion, "GIFT", 500, is_personal=True)
    assert promo_codes.own(promotion, "mine") == mine
    with pytest.raises(Refused, match="personal code"):
        promo_codes.own(promotion, "gift")
    promo_codes.end(mine, promotions.BY_MERCHANT)
    with pytest.raises(Refused, match="ended this code"):
        promo_codes.own(promotion, "mine")
    promo_codes.resume(mine, promotions.BY_MERCHANT)
    assert promo_codes.own(promotion, "mine") == mine
    with pytest.raises(NotFound):
        promo_codes.own(promotion, "other")
