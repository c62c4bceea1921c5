"""What pages say that depends on the thing: each sentence is a whole one."""

from collections import Counter
from types import SimpleNamespace

from portal.affiliate import sentences as rewards
from portal.affiliate.catalogs import consequences
from portal.affiliate.catalogs import sentences as catalogs
from portal.affiliate.deals import sentences as deals
from portal.affiliate.payouts import sentences as payouts
from portal.affiliate.promoters import sentences as promoters
from portal.affiliate.promotions import sentences as promotions
from portal.affiliate.promotions import way
from portal.domain.affiliate.deals.chain import Link
from portal.domain.affiliate.payouts.payouts import LeftOut

NB = "\N{NO-BREAK SPACE}"
DEAL = SimpleNamespace(
    deal_id="D-1", cost=10_000, currency="USD", payment_sum=500, promoter="Northwind", status="Created", paid_at=None,
    landing_title=None, landing_url="https://shop.example/", click_device="All", discount=1000, canceled_duration=86_400,
    hold_duration=172_800,
)  # fmt: skip


def test_each_step_of_a_deals_way_says_what_stands_beneath_it():
    def said(kind, **more):
        return deals.step(Link(kind, "…", **more), DEAL)

    assert said("click") == "Northwind → https://shop.example/, on any device"
    assert said("code") == "Northwind, 10% off"
    assert said("uid") == "Northwind"
    assert said("deal.asked") == "by Northwind"
    assert said("will cancel") == "The catalog gives 1 day from the first report."
    assert said("will approve") == "The reward is held until then: 2 days from the payment."
    assert said("deal.paid") == "by the portal"
    assert said("payout.made", by="Olga", amount=500) == f"5.00{NB}USD, by Olga"
    assert said("payout.taken_back", is_known=False) == ""


def test_what_is_lost_when_deals_are_canceled():
    assert deals.lost(DEAL) == [
        f"The deal D-1 of 100.00{NB}USD",
        f"The reward of 5.00{NB}USD for Northwind, taken back by a counter-entry",
    ]
    assert deals.lost_in_round({"USD": 100}, Counter({("Northwind", "USD"): 7, ("Rival", "USD"): 5}), named=1) == [
        f"Deals of 1.00{NB}USD in all",
        f"Rewards of 0.07{NB}USD for Northwind, taken back; what was paid out already, with the next payout",
        "Rewards of 1 more promoters",
    ]
    assert deals.lost_in_round({}, Counter()) == ["No reward: none of them has earned one"]


def test_counts_of_deals():
    assert deals.total(1, 500, "USD", is_every=False) == f"1 deal, rewards 5.00{NB}USD"
    assert deals.total(2, 0, "USD", is_every=True) == f"2 deals, rewards 0.00{NB}USD, canceled ones left out"
    assert [deals.canceled(1), deals.canceled(2)] == ["1 deal is canceled.", "2 deals are canceled."]
    assert [deals.kept(1), deals.kept(2)] == ["1 deal was not canceled", "2 deals were not canceled"]
    assert deals.left_out(1) == "1 of the chosen is canceled already and left out."


def test_what_a_reward_is_worked_out_from():
    assert rewards.terms(500, 1250, "USD") == f"5.00{NB}USD a deal"
    assert rewards.terms(None, 1250, "USD") == "12.5% of the cost"
    assert rewards.reward(0, "USD", may_come=True) == "Worked out when the customer pays"
    assert rewards.reward(0, "USD", may_come=False) == "None"


def test_where_and_how_a_catalog_sells():
    countries = [("AT", "Austria", True), ("DE", "Germany", False)]
    languages = [(code, code, True) for code in ("en", "de", "fr", "it")]
    assert catalogs.places(countries, languages) == "Austria; 4 languages"
    assert catalogs.places(countries, []) == "Austria"
    limits = SimpleNamespace(is_promocode_allowed=True, min_promo_code_percent=500, max_promo_code_percent=1000)
    assert catalogs.promo_codes(limits) == "5% to 10%"


def test_how_a_promotion_stands():
    assert promotions.waiting("MANUAL_MODERATION", "Acme", "Rival") == "Acme decides about it."
    confirmed = "You are admitted once the operator of this portal has confirmed Rival."
    assert promotions.waiting("AUTO_MODERATION", "Acme", "Rival") == confirmed
    assert promotions.put_out("refused", "Acme") == "Acme refused your application"
    assert promotions.put_out("ended", "Acme") == "Acme ended your promotion"
    taken = f"It was canceled after it had been paid out: 5.00{NB}USD is taken back with your next payout."
    assert promotions.open_part(SimpleNamespace(amount=-500), "USD") == taken


def test_a_click_says_where_it_led_on_what_and_with_what():
    click = SimpleNamespace(landing_title="Shop", landing_url="", click_device="Mobile", travelled=[("subid", "news")])
    assert way._clicked(click) == "to Shop, on Mobile, with subid=news"


def test_what_a_catalogs_leaving_the_marketplace_ends():
    assert consequences.of_unpublishing({}) == ["Promoters can no longer sell any of its offers"]
    links = "The links and promo codes of 2 promoters, who are told: new clicks and deals no longer count for them"
    assert consequences.of_unpublishing({"approved": 2})[1] == links
    assert consequences.of_archiving(False, {"waiting": 1}, 2) == [
        "It stays unpublished, and leaves your lists",
        "1 application is no longer shown among those that wait",
        "2 deals are still on the way: they keep their terms, and are approved and paid as before",
    ]
    many = "Over 1,000 deals are still on the way: they keep their terms, and are approved and paid as before"
    assert consequences.of_archiving(False, {}, 1001)[1] == many


def test_what_ends_with_a_promotion():
    assert promotions.lost_codes(1) == "1 promo code: orders with one are no longer yours"
    assert promotions.lost_codes(2) == "2 promo codes: orders with one are no longer yours"
    assert promoters.lost(0) == [
        "Its links lead nowhere at once, and clicks on them are no longer counted",
        "New orders, those of people who followed its links before among them, are nobody’s",
    ]
    assert promoters.lost(2)[1] == "2 promo codes: orders with one are no longer the promoter’s"
    assert [promoters.approved(1), promoters.approved(2)] == ["1 promoter is approved.", "2 promoters are approved."]


def test_what_a_run_pays():
    assert payouts.covered(1, 2) == "1 payout for 2 deals"
    assert payouts.covered(1200, 1) == "1,200 payouts for 1 deal"
    assert [payouts.clawbacks(1), payouts.clawbacks(2)] == ["1 canceled deal", "2 canceled deals"]
    assert payouts.recorded(2) == "2 payouts recorded. Send the money, and it is done."
    changed = LeftOut(1, None, "EUR", "The sum has changed.")
    assert payouts.left_out([changed]) == ["One promoter (EUR): The sum has changed."]
    assert payouts.left_out([changed] * 10)[8:] == ["And 2 more."]


def test_what_taking_a_payout_back_means():
    payout = SimpleNamespace(amount=1000, currency="USD", promoter="Northwind")
    assert payouts.lost(SimpleNamespace(payout=payout, lines=1)) == [
        f"10.00{NB}USD to Northwind no longer counts as paid",
        "What it paid (1 deal) is due again, for the next run",
        "The statement stays, marked as taken back; Northwind sees that and your reason",
        "It cannot be undone; you can pay again",
    ]
