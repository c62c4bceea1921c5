"""What pages say that depends on the thing: each sentence is a whole one."""

from collections import Counter
from types import SimpleNamespace

from portal.affiliate import catalog_terms
from portal.affiliate import sentences as rewards
from portal.affiliate.catalogs import consequences
from portal.affiliate.catalogs import sentences as catalogs
from portal.affiliate.deal_imports.sentences import WORDS as DEAL_IMPORTS
from portal.affiliate.deals import sentences as deals
from portal.affiliate.deals import stands
from portal.affiliate.marketplace import sentences as marketplace
from portal.affiliate.payouts import sentences as payouts
from portal.affiliate.promoters import sentences as promoters
from portal.affiliate.promotions import sentences as promotions
from portal.affiliate.promotions import way
from portal.affiliate.rewards import sentences as reward_pages
from portal.domain.affiliate.deal_lists.lists import Totals
from portal.domain.affiliate.deals.chain import Link
from portal.domain.affiliate.deals.passport import Item
from portal.domain.affiliate.payouts.payouts import LeftOut
from portal.domain.affiliate.special_rewards.lists import Own
from portal.web.formats import money
from portal.web.imported import words as imports
from tests.support.speaking import speaking

NB = "\N{NO-BREAK SPACE}"
DEAL = SimpleNamespace(
    deal_id="D-1", cost=10_000, currency="USD", payment_sum=500, promoter="Northwind", status="Created", paid_at=None,
    landing_title=None, landing_url="https://shop.example/", click_device="All", discount=1000, canceled_duration=86_400,
    hold_duration=172_800,
)  # fmt: skip


def test_each_step_of_a_deals_way_says_what_stands_beneath_it():
    def said(kind, **more):
        return deals.step(Link(kind, "…", **more), DEAL)

    assert said("click") == "It led to https://shop.example/."
    assert said("code") == "10% off"
    assert said("deal.asked") == "by Northwind"
    assert said("will cancel") == "The catalog gives 1 day from the first report."
    assert said("will approve") == "The reward is held until then: 2 days from the payment."
    assert said("deal.paid") == "by the portal"
    assert said("deal.canceled") == "by the portal, for it stayed unpaid"
    assert (said("deal.canceled", by="Olga"), said("deal.canceled", is_known=False)) == ("by Olga", "")
    assert said("payout.made", by="Olga", amount=500) == f"5.00{NB}USD, by Olga"
    assert said("payout.taken_back", is_known=False) == ""


def test_the_day_of_a_payout_is_in_the_readers_language():
    sent = Item(500, "Northwind", 7, 0, 1_700_000_000_000_000, "Europe/Moscow", None)
    assert stands._told(sent) == "Paid out to Northwind, payout no. 7 on 15 Nov 2023"
    with speaking("ru"):
        assert stands._told(sent).named["day"] == "15 нояб. 2023\N{NARROW NO-BREAK SPACE}г."


def test_what_is_lost_when_deals_are_canceled():
    assert deals.lost(DEAL, ["2 stamps on the card 1"]) == [
        f"The deal D-1 of 100.00{NB}USD",
        f"The reward of 5.00{NB}USD for Northwind, taken back by a counter-entry",
        "2 stamps on the card 1, taken back by a counter-entry",
    ]
    assert deals.lost_in_round({"USD": 100}, Counter({("Northwind", "USD"): 7, ("Rival", "USD"): 5}), named=1) == [
        f"Deals of 1.00{NB}USD in all",
        f"Rewards of 0.07{NB}USD for Northwind, taken back; what was paid out already, with the next payout",
        "Rewards of 1 more promoter",
    ]
    assert deals.lost_in_round({}, Counter()) == ["No reward: none of them has earned one"]


def test_counts_of_deals():
    assert deals.totals(None, are_canceled=False) == "Over 20,000 deals. Choose dates to see their sums."
    assert deals.totals(Totals(0, 0, []), are_canceled=False) == "0 deals"
    assert [deals.canceled(1), deals.canceled(2)] == ["1 deal is canceled.", "2 deals are canceled."]
    assert [deals.kept(1), deals.kept(2)] == ["1 deal was not canceled", "2 deals were not canceled"]
    assert [deals.show_new(1), deals.show_new(50)] == ["Show 1 new deal", "Show 50 new deals"]
    assert deals.show_new(51) == "Show over 50 new deals"
    assert deals.left_out(1) == "1 of the chosen is canceled already and left out."


def test_what_a_reward_is_worked_out_from():
    assert rewards.terms(500, 1250, "USD") == f"5.00{NB}USD a deal"
    assert rewards.terms(None, 1250, "USD") == "12.5% of the sale"
    assert rewards.terms(500, None, "USD", 400) == f"5.00{NB}USD a deal, in the proportion of the remaining 4.00{NB}USD"
    assert rewards.terms(None, 1250, "USD", 400) == f"12.5% of the remaining 4.00{NB}USD"
    assert rewards.reward(0, "USD", may_come=True) == "Worked out when the customer pays"
    assert rewards.reward(0, "USD", may_come=False) == "None"


def test_where_and_how_a_catalog_sells():
    countries = [("AT", "Austria", True), ("DE", "Germany", False)]
    languages = [(code, code, True) for code in ("en", "de", "fr", "it")]
    assert catalogs.places(countries, languages) == "Austria; 4 languages"
    assert catalogs.places(countries, []) == "Austria"
    limits = SimpleNamespace(is_promocode_allowed=True, min_promo_code_percent=500, max_promo_code_percent=1000)
    offers = [SimpleNamespace(is_active=True, is_promocode_allowed=True)]
    assert catalogs.promo_codes(limits, offers) == "5% to 10%"


def test_how_a_promotion_stands():
    assert promotions.waiting(False, "Acme", "Rival") == "Acme decides about it."
    confirmed = "You are admitted once the operator of this portal has confirmed Rival."
    assert promotions.waiting(True, "Acme", "Rival") == confirmed
    assert promotions.put_out("refused", "Acme") == "Acme refused your application"
    assert promotions.put_out("ended", "Acme") == "Acme ended your promotion"
    taken = f"It was canceled after it had been paid out: 5.00{NB}USD is taken back with your next payout."
    part = SimpleNamespace(amount=-500)
    assert promotions.open_part(part, SimpleNamespace(currency="USD", status="Canceled")) == taken
    returned = promotions.open_part(part, SimpleNamespace(currency="USD", status="Paid"))
    assert returned == taken.replace("canceled", "returned in part")


def promotion(state, ended_by=None, is_published=True):
    catalog = SimpleNamespace(
        moderation_type="MANUAL_MODERATION", partner=SimpleNamespace(name="Acme"), is_published=is_published
    )
    return SimpleNamespace(state=state, ended_by=ended_by, catalog=catalog, message="I write.", reason="")


def test_a_promotions_page_says_what_keeps_it_from_selling():
    def told(of, has_landings=True):
        return promotions.stands(of, "Rival", is_open=True, has_landings=has_landings, fallback=None)

    waits = ("warning", "Your application waits", ["Acme decides about it.", "You wrote: I write."])
    assert told(promotion("waiting")) == waits
    only_acme = "Only the merchant can admit you now. Deals that you brought stay yours."
    assert told(promotion("refused", "merchant")) == ("danger", "Acme refused your application", [only_acme])
    assert told(promotion("ended", "promoter", is_published=False)).title == "You have left this catalog"
    assert told(promotion("approved", is_published=False)).title == "The merchant has unpublished this catalog"
    assert told(promotion("approved"), has_landings=False).title == "Your links lead to no landing now"
    assert told(promotion("approved")) is None


def test_why_a_promoter_can_make_no_code():
    def why(allowed, least, is_joined=True, has_codes=True):
        catalog = SimpleNamespace(
            is_promocode_allowed=allowed, min_promo_code_percent=least, max_promo_code_percent=2000
        )
        return promotions.no_new_code(catalog, is_joined=is_joined, has_codes=has_codes)

    assert why(True, 500, is_joined=False) == "None of them counts now."
    assert why(True, 500, is_joined=False, has_codes=False) == "You have none here."
    assert why(False, 500) == "The merchant allows no promo codes in this catalog."
    assert "has not said how much" in why(True, None)
    assert why(True, 0) is None
    given = (
        "A code gives customers a discount of 5% to 20%, and makes the order yours, also without a click. At most 100."
    )
    assert promotions.what_a_code_gives(lowest=500, highest=2000) == given


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
    one = "1 deal is still on the way: it keeps its terms, and is approved and paid as before"
    assert consequences.of_archiving(False, {}, 1)[1] == one
    many = "Over 1,000 deals are still on the way: they keep their terms, and are approved and paid as before"
    assert consequences.of_archiving(False, {}, 1001)[1] == many


def test_what_ends_with_a_promotion():
    assert promotions.lost_codes(1) == "1 promo code: orders with it are no longer yours"
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
    assert [payouts.clawbacks(1), payouts.clawbacks(2)] == ["1 deal taken back", "2 deals taken back"]
    assert payouts.recorded(2) == "2 payouts recorded. Take the file to your bank, then mark them as sent."
    changed = LeftOut(1, None, "EUR", "The sum has changed.")
    assert payouts.left_out([changed]) == ["One promoter (EUR): The sum has changed."]
    assert payouts.left_out([changed] * 10)[8:] == ["And 2 more."]


def test_what_taking_a_payout_back_means():
    payout = SimpleNamespace(amount=1000, currency="USD", promoter="Northwind", state="sent")
    assert payouts.lost(SimpleNamespace(payout=payout, lines=1)) == [
        f"10.00{NB}USD to Northwind no longer counts as paid out",
        "What it pays (1 deal) is due again, for the next run",
        "The statement stays, marked as taken back; Northwind sees that and your reason",
        "It cannot be undone; you can pay again",
    ]


def imported(**counts):
    """An import with these counts, the others 0."""
    nothing = dict.fromkeys(("total", "new", "changed", "same", "bad", "done", "failed"), 0)
    return SimpleNamespace(**nothing | {"state": "checked", "file_name": "orders.csv"} | counts)


def test_how_far_an_import_is():
    said = "The file is checked. 3 deals can be imported, 1 line is bad."
    assert DEAL_IMPORTS.announced(imported(new=2, changed=1, bad=1)) == said
    said = "The file is checked. 1 deal can be imported, 0 lines are bad."
    assert DEAL_IMPORTS.announced(imported(new=1)) == said
    assert DEAL_IMPORTS.announced(imported(state="done")) == "The import is done."
    assert DEAL_IMPORTS.announced(imported(state="canceled")) == "The import is canceled."
    assert DEAL_IMPORTS.announced(imported(state="mapping")) is None
    assert imports.reading(imported(total=1200)) == "Reading the file: 1,200 lines so far."
    assert DEAL_IMPORTS.failed(imported(failed=1)) == "1 deal failed so far."
    assert imports.of_good(imported(new=1, changed=1)) == "Of 2 good lines"
    assert DEAL_IMPORTS.confirm(imported(changed=1)) == "Import 1 deal"


def test_what_of_a_file_is_not_imported():
    assert imports.columns_left_out(["note"]) == "Not imported: the column “note”."
    assert imports.columns_left_out(["note", ""]) == "Not imported: the columns “note”, “ ”."
    assert DEAL_IMPORTS.nothing_good(imported(same=1)) == "Everything in it is in the portal already."
    mend = "Mend the lines below and upload the file again, or check it again once the catalog is mended."
    assert DEAL_IMPORTS.nothing_good(imported(bad=1)) == mend
    assert DEAL_IMPORTS.canceled(imported(new=1)) == "1 good line was not imported. No deal was touched."
    stays = "2 good lines were not imported. What was imported before stays."
    assert DEAL_IMPORTS.canceled(imported(new=4, done=1, failed=1)) == stays


def test_what_canceling_an_import_means():
    assert imports.stops(imported()) == "The import of orders.csv stops at once."
    assert DEAL_IMPORTS.lost(imported()) == ["It cannot be taken up again; the file can be uploaded again"]
    assert DEAL_IMPORTS.lost(imported(new=3, done=1)) == [
        "2 deals that could be imported are not",
        "It cannot be taken up again; the file can be uploaded again",
        "1 deal that was imported stays as imported",
    ]


def test_how_one_stands_with_a_catalog_of_the_marketplace():
    def ended(state, reason=""):
        return marketplace.put_out(SimpleNamespace(state=state, reason=reason), "Acme")

    assert marketplace.waiting(False, "Acme", "Rival") == "Your application waits for Acme to decide."
    confirmed = "You are admitted once the operator of this portal has confirmed Rival."
    assert marketplace.waiting(True, "Acme", "Rival") == confirmed
    assert [ended("refused"), ended("ended")] == ["Acme refused your application.", "Acme ended your promotion."]
    assert [ended("refused", "No"), ended("ended", "No")] == [
        "Acme refused your application:",
        "Acme ended your promotion:",
    ]


def test_the_way_into_a_catalog():
    at_once = "You are admitted at once, and get your links right away."
    assert marketplace.admission(True, False, "Acme", "Rival") == at_once
    operator = "Confirmed partners are admitted at once; Rival is, as soon as the operator has confirmed it."
    assert marketplace.admission(False, True, "Acme", "Rival") == operator
    merchant = "Acme looks at each application and decides; you are told here and by mail."
    assert marketplace.admission(False, False, "Acme", "Rival") == merchant
    assert [marketplace.join(True, None), marketplace.join(True, "ended")] == ["Join", "Join again"]
    assert marketplace.join(False, "ended") == "Apply"


def test_the_terms_of_a_catalog():
    terms = SimpleNamespace(
        approved_deals=1000, canceled_deals=200, hold_duration=86_400, canceled_duration=172_800,
        cookies_storage_days=30, is_promocode_allowed=True, min_promo_code_percent=500, max_promo_code_percent=1000,
        devices="Mobile",
    )  # fmt: skip
    assert catalog_terms.ended_deals(terms) == "of 1,200 deals that ended"
    assert catalog_terms.hold(terms) == (
        "A reward is held for 1 day after the customer paid, "
        "and lost if the order is canceled meanwhile. Then it is due."
    )
    assert catalog_terms.unpaid_orders(terms) == "Canceled by themselves after 2 days."
    assert catalog_terms.clicks(terms) == "An order is yours when your link was followed at most 30 days before it."
    assert catalog_terms.promo_codes(terms) == "You make your own, with 5% to 10% off."
    assert catalog_terms.devices(terms) == "Mobile only"
    none = SimpleNamespace(
        approved_deals=0, canceled_deals=0, hold_duration=0, is_promocode_allowed=True, min_promo_code_percent=None,
        max_promo_code_percent=1000, devices="All",
    )  # fmt: skip
    assert catalog_terms.ended_deals(none) == "no deal has ended yet"
    assert catalog_terms.hold(none) == "None: a reward is due as soon as the customer paid."
    assert catalog_terms.promo_codes(none) == "None can be made."
    assert catalog_terms.devices(none) == "All"


def test_what_a_promoter_may_give_customers():
    assert promoters.discount("Northwind", 1250) == "Northwind gives customers 12.5% off now."
    assert promoters.discount("Northwind", 0) == "Northwind gives customers no standing discount now."
    assert promoters.maker(SimpleNamespace(is_personal=True, handed_at=None)) == "by you, for the promoter"
    assert promoters.maker(SimpleNamespace(is_personal=False, handed_at=None)) == "by the promoter"
    limits = {
        "is_promocode_allowed": True,
        "is_published": True,
        "min_promo_code_percent": 500,
        "max_promo_code_percent": 1000,
    }
    summer, winter = (SimpleNamespace(title=title, **limits) for title in ("Summer", "Winter"))
    each = [SimpleNamespace(catalog=catalog, state="approved") for catalog in (summer, winter)]
    assert promoters.code_limits(each) == "From 5% to 10%."
    winter.max_promo_code_percent = 2000
    assert promoters.code_limits(each) == "Summer: 5% to 10%. Winter: 5% to 20%."
    assert promoters.discount_limits(summer) == "From 5% to 10%; empty for none."
    assert promoters.no_codes(summer) is None
    summer.is_published = False
    assert promoters.no_codes(summer) == "Codes for Summer can be made while it is published."
    summer.min_promo_code_percent = None
    assert promoters.no_codes(summer) == "Summer does not say how much a promo code may take off."
    assert promoters.discount_limits(summer).startswith("The catalog does not say how much")
    summer.is_promocode_allowed = False
    assert promoters.no_codes(summer) == "Summer allows no promo codes."
    assert promoters.no_new_code(each) == "No code can be made in any of its catalogs now."
    each[0].state, each[1].state = "ended", "refused"
    assert promoters.no_new_code(each) == "Only an approved promoter can have promo codes."
    assert promoters.idle_codes([SimpleNamespace(promotion=one) for one in each]) == [
        "Summer: none of its codes counts now: hand on what customers still have.",
        "Winter: none of its codes counts now.",
    ]


def test_what_payout_details_say():
    assert reward_pages.smallest_payouts(SimpleNamespace(minimums={"USD": 500, "JPY": 3})) == (f"5.00{NB}USD, 3{NB}JPY")
    assert reward_pages.smallest_payouts(SimpleNamespace(minimums={})) == "Any sum"
    assert reward_pages.nothing_given(may_edit=False) == "Nothing was given yet."
    later = "Once an owner has given the account, you can add the least sums and what statements say."
    assert reward_pages.nothing_given(may_edit=True) == later
    assert reward_pages.invoice_name("Rival") == "Your company’s name, if it is not Rival."


def test_what_a_sale_earns_who_has_a_reward_of_its_own():
    catalog = SimpleNamespace(reward_percent=1000)

    def offer(percent, fixed, *currencies):
        return SimpleNamespace(
            reward_percent=percent, fix_remuneration=fixed, prices=tuple((code, 100) for code in currencies)
        )

    def own(price_currency, percent, fixed=None, currency=None):
        return Own("", price_currency, percent, fixed, currency)

    said = catalog_terms.earned
    assert said(offer(None, None, "USD"), catalog, []) == ("10%", None)
    assert said(offer(600, None, "USD"), catalog, [own("USD", 1200)]) == ("12%", "set for you, instead of 6%")
    both = [own("USD", 1200), own("EUR", 1200)]
    assert said(offer(None, None, "USD", "EUR"), catalog, both) == ("12%", "set for you, instead of 10%")
    one_of_two = said(offer(None, None, "USD", "EUR"), catalog, [own("USD", None, 250, "USD")])
    assert one_of_two == (f"{money(250, 'USD')} or 10%", "set for you, instead of 10%")
