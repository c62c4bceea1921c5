"""What the question before an act says that the act will do is what it does: each is asked, done, and looked at."""

import html
import re
from decimal import Decimal
from pathlib import Path

import pytest

from portal.domain.affiliate.catalogs import landings
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.clicks import clicks
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal, SavedView
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.links import fallback
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.errors import NotFound, Refused
from portal.domain.mail.tables import Mail
from portal.domain.offers import catalogs
from tests.affiliate import things

ROOT = Path(__file__).parents[2]
UID, HERE, THERE = "NRTHWND22", "/promotions/NRTHWND22", "/promoters/NRTHWND22"
PAGE = "https://acme.example/sorry"
# Where a template asks before it acts, and who holds it to its word.
HELD = {
    "account/memberships/leaving.html": "account/test_team.py::test_one_of_two_owners_leaves_and_their_invitations_end",
    "account/second_factor/removal.html": "account/test_second_factor.py::test_it_is_turned_off_with_password_and_code",
    "account/team/index.html": "account/test_team.py::test_who_is_taken_out_sees_no_page_of_the_partner_any_more",
    "account/team/removal.html": "account/test_team.py::test_who_is_taken_out_sees_no_page_of_the_partner_any_more",
    "account/team/withdrawal.html": "account/test_invitations.py::test_a_withdrawn_invitation_lets_nobody_in",
    "affiliate/catalogs/archive.html": "affiliate/test_catalog_archive.py",
    "affiliate/catalogs/publication.html": "::test_unpublishing_takes_the_catalog_from_promoters_and_leaves_deals_until_it_is_published_again",
    "affiliate/deals/_cancel.html": "affiliate/test_deal_pages.py::test_a_deal_is_paid_and_canceled_for_good",
    "affiliate/deals/round.html": "affiliate/test_deal_rounds.py::test_an_approved_reward_is_clawed_back",
    "affiliate/deals/view_edit.html": "::test_a_removed_view_leaves_the_deals",
    "affiliate/deals/view_removal.html": "::test_a_removed_view_leaves_the_deals",
    "affiliate/groups/removal.html": "::test_a_removed_reward_or_group_leaves_deals_and_promoters_as_they_were",
    "affiliate/groups/show.html": "::test_a_removed_reward_or_group_leaves_deals_and_promoters_as_they_were",
    "affiliate/landings/_landings.html": "::test_links_to_a_removed_landing_lead_to_the_oldest_that_is_left_then_to_the_page_for_dead_ones",
    "affiliate/landings/removal.html": "::test_links_to_a_removed_landing_lead_to_the_oldest_that_is_left_then_to_the_page_for_dead_ones",
    "affiliate/payouts/correction.html": "affiliate/test_payout_pages.py::test_a_wrong_reference_is_corrected_on_a_page_of_the_payout",
    "affiliate/payouts/reversal.html": "affiliate/test_payout_pages.py::test_taking_back_names_what_happens_and_asks_for_a_reason",
    "affiliate/payouts/sent.html": "affiliate/test_payout_pages.py::test_a_run_is_marked_as_sent_with_its_day_and_reference",
    "affiliate/promoters/ending.html": "::test_who_is_taken_out_loses_links_codes_and_orders_and_keeps_deals_until_it_is_admitted_again",
    "affiliate/promoters/refusal.html": "::test_who_is_refused_cannot_apply_again_and_can_be_admitted",
    "affiliate/promotions/_own_links.html": "affiliate/test_own_links.py::test_a_removed_name_leads_nowhere_and_is_nobody_elses",
    "affiliate/promotions/leaving.html": "::test_who_leaves_loses_links_codes_and_orders_and_keeps_deals_and_the_uid",
    "affiliate/promotions/link_removal.html": "affiliate/test_own_links.py::test_a_removed_name_leads_nowhere_and_is_nobody_elses",
    "affiliate/promotions/show.html": "::test_an_application_that_is_withdrawn_is_made_again",
    "affiliate/refunds/_refund.html": "affiliate/test_refund_pages.py::test_the_form_says_what_it_will_do_before_it_does_it",
    "affiliate/special_rewards/removal.html": "::test_a_removed_reward_or_group_leaves_deals_and_promoters_as_they_were",
    "affiliate/trials/removal.html": "domain/test_trials.py::test_it_is_removed_with_all_that_it_brought",
    "cards/cards/deletion.html": "cards/test_card_pages.py::test_deleting_a_card_names_what_is_lost",
    "cards/cards/move.html": "cards/test_card_pages.py::test_a_lost_card_is_moved_with_all_that_is_on_it_and_the_old_one_leads_there",
    "cards/companies/deletion.html": "cards/test_company_pages.py::test_deleting_a_company_names_what_ends",
    "cards/counter/pin_removal.html": "cards/test_counter_cashiers.py::test_a_pin_that_is_taken_away_serves_no_more_and_its_person_is_told",
    "cards/customers/erasure.html": "cards/test_customer_pages.py::test_erasing_asks_first_and_names_what_is_lost",
    "cards/customers/merge.html": "cards/test_customer_pages.py::test_two_customers_are_compared_and_made_one",
    "cards/customers/segment_removal.html": "cards/test_customer_pages.py::test_customers_are_put_into_a_segment_and_the_list_shows_them",
    "cards/operations/reversal.html": "cards/test_card_pages.py::test_undoing_asks_by_naming_what_it_takes_and_is_done_once",
    "cards/templates/archive.html": "cards/test_template_pages.py::test_archiving_asks_and_its_link_and_code_are_there_to_print",
    "cards/templates/field_removal.html": "cards/test_template_pages.py::test_fields_are_added_moved_changed_and_removed",
    "cards/templates/tier_removal.html": "cards/test_template_pages.py::test_tiers_are_added_and_removed_and_one_in_use_stays_with_a_sentence",
    "coupons/assignments/ending.html": "coupons/test_assignment_pages.py::test_coupons_are_assigned_with_windows_levels_and_times_and_it_can_be_undone",
    "cards/pushes/cancellation.html": "cards/test_push_pages.py::test_cancelling_asks_by_naming_who_is_not_reached",
    "coupons/batches/cancellation.html": "coupons/test_batch_pages.py::test_a_batch_is_stopped_after_asking_and_what_is_made_stays",
    "coupons/batches/switching_off.html": "coupons/test_batch_pages.py::test_all_codes_are_switched_off_after_asking_and_on_again",
    "coupons/coupons/switching_off.html": "coupons/test_coupon_pages.py::test_a_coupon_is_switched_off_and_on_again",
    "coupons/events/removal.html": "coupons/test_event_pages.py::test_bundles_and_listings_are_changed_and_removed_from_their_tabs",
    "coupons/mailings/cancellation.html": "coupons/test_mailing_pages.py::test_a_mailing_is_stopped_after_asking",
    "coupons/reservations/release.html": "coupons/test_reservation_pages.py::test_letting_go_asks_first_and_gives_back_tickets_and_coupons",
    "coupons/tags/removal.html": "coupons/test_many_coupons_at_once.py::test_a_tag_is_renamed_and_removed_and_its_coupons_stay",
    "developers/token_revoke.html": "developers/test_tokens.py::test_revoking_asks_first_and_ends_the_token",
    "imported/_acts.html": "affiliate/test_deal_imports.py::test_it_can_be_canceled_at_any_moment_and_what_was_done_stays cards/test_customer_import_pages.py::test_a_question_says_what_canceling_means",
    "imported/cancellation.html": "affiliate/test_deal_imports.py::test_it_can_be_canceled_at_any_moment_and_what_was_done_stays cards/test_customer_import_pages.py::test_a_question_says_what_canceling_means",
    "imported/undoing.html": "cards/test_customer_import_pages.py::test_an_import_with_cards_is_undone_by_a_question_that_says_what_goes_and_what_stays coupons/test_coupon_import_pages.py::test_an_import_is_undone_whole_after_a_question",
    "member_offers/collections/remove.html": "member_offers/test_collection_pages.py::test_a_collection_is_made_filled_ordered_changed_and_removed_by_clicking",
    "member_offers/member_terms/remove.html": "member_offers/test_terms_pages.py::test_an_offer_is_taken_from_the_members_by_a_question_that_names_what_is_lost",
    "member_offers/apps/remove.html": "club/test_apps.py::test_an_app_is_added_changed_and_removed",
    "member_offers/counter/_undo.html": "member_offers/test_counter_codes.py::test_a_use_is_undone_at_the_counter_for_ten_minutes",
    "member_offers/members/undo.html": "member_offers/test_acts_on_members.py::test_an_undone_use_gives_back_a_use_of_all_three_limits_as_the_question_said",
    "operator/disable.html": "operator/test_partners.py::test_a_person_is_disabled_after_asking_and_let_in_again",
    "operator/second_factor_removal.html": "operator/test_second_factor.py::test_a_second_factor_is_removed_after_asking_and_its_person_is_told",
    "operator/partner_disabling.html": "operator/test_partner_disabling.py",
}  # fmt: skip


def test_every_question_is_held_to_its_word():
    asking = re.compile(r"\bconfirm(?:_page|_dialog)?\(|\blosses\(|class=\"[^\"]*\bconfirm\b")
    found = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if path.parent.name != "ui" and asking.search(path.read_text())
    }
    assert found == set(HELD)
    for held in " ".join(HELD.values()).split():
        file, _, test = held.partition("::")
        text = (ROOT / "tests" / file if file else Path(__file__)).read_text()
        assert f"def {test or 'test_'}" in text, held


@pytest.fixture
def sold(world):
    """Northwind sells acme's catalog by its link and a code, and brought a deal that is held."""
    catalog = things.catalog(
        world.acme.partner, is_promocode_allowed=True, min_promo_code_percent=Decimal(0), max_promo_code_percent=Decimal(20)
    )  # fmt: skip
    things.offer(catalog, is_promocode_allowed=True), things.landing(catalog)
    promotion = things.promotion(catalog, world.northwind)
    promo_codes.create(promotion, "NORTH5", 500)
    things.deal(catalog, "BEFORE", "Paid", another_data=f"myshare={UID}")
    return catalog


def text_of(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def place_of(client, path: str = f"/go/{UID}") -> str | None:
    """Where the link leads; None where it says that it leads nowhere."""
    answer = client.get(path)
    if answer.status_code == 404:
        assert "leads nowhere" in answer.text and "has ended" in answer.text
    return answer.headers.get("Location")


def orders_are(catalog, promoter: str | None, followed: str) -> None:
    """Whose the next orders are: by the link that was followed before, by the uid, and by the code."""
    number = Deal.select().count()
    for turn, said in enumerate(
        ({"another_data": followed}, {"another_data": f"myshare={UID}"}, {"promo_code": "NORTH5"})
    ):
        deal = things.deal(catalog, f"AFTER-{number}-{turn}", "Paid", **said)
        assert (Deal.get_by_id(deal.id).promotion and UID) == promoter, said


def before_is_paid(world) -> None:
    """The deal that was brought before stays the promoter's, becomes due and is paid."""
    Deal.update(due_at=0).where(Deal.deal_id == "BEFORE").execute()
    deal_moves.settle_due()
    deal = Deal.get(Deal.deal_id == "BEFORE")
    assert deal.promotion.uid == UID and deal.approved_at is not None
    payouts.run(world.acme.id, [(world.northwind.id, "USD", 1000)])
    assert [payout.amount for payout in Payout.select()] == [1000]
    assert "BEFORE" not in text_of(
        world.as_("northwind").get("/promotions/deals")
    )  # A promoter knows its own id alone.
    assert deal.uuid[:8] in text_of(world.as_("northwind").get("/promotions/deals"))


def test_unpublishing_takes_the_catalog_from_promoters_and_leaves_deals_until_it_is_published_again(
    client, world, sold
):
    owner, place = world.as_("acme"), f"/catalogs/{sold.short_code}/publication"
    followed = place_of(client)
    asked = text_of(owner.get(place))
    for said in (
        "Promoters can no longer sell any of its offers",
        "The links and promo codes of 1 promoter, who is told: new clicks and deals no longer count",
        "It takes effect at once. Deals that are there stay and their rewards are paid, and you can publish it again at any time.",
    ):
        assert said in asked
    owner.post(place, {"published": "0"})
    assert place_of(client) is None
    clicks.flush()
    assert Click.select().count() == 1
    orders_are(sold, None, followed)
    with pytest.raises(NotFound):
        promotions.join(world.rival.partner, sold.short_code)
    assert {mail.to for mail in Mail.select()} >= {"owner@northwind.example"}
    assert "Your links lead nowhere and your codes do not count" in text_of(world.as_("northwind").get(HERE))
    before_is_paid(world)
    owner.post(place, {"published": "1"})
    orders_are(sold, UID, place_of(client))


def test_links_to_a_removed_landing_lead_to_the_oldest_that_is_left_then_to_the_page_for_dead_ones(client, world, sold):
    owner, first = world.as_("acme"), Landing.get()
    second = landings.create(world.acme.id, {"url": "https://shop.example/second"}, sold.uuid)
    link, removal = f"/go/{UID}/{first.code}", "/landings/{}/removal"
    place_of(client, link), clicks.flush()
    deal = things.deal(sold, "CLICKED", another_data=f"myshare={UID}&click={Click.get().key}")
    asked = text_of(owner.get(removal.format(first.code)))
    assert "lead to the oldest landing that is left" in asked and "without one they lead nowhere" in asked
    owner.post(removal.format(first.code))
    assert place_of(client, link).startswith("https://shop.example/second?")
    assert Deal.get_by_id(deal.id).click.landing.url == first.url
    assert first.url in text_of(owner.get(f"/deals/{deal.uuid}")) and first.url in text_of(
        world.as_("northwind").get(f"{HERE}/clicks")
    )
    fallback.set_page(world.acme.id, PAGE, "https://portal.example")
    assert f"without one they lead to your page {PAGE}" in text_of(owner.get(removal.format(second.code)))
    owner.post(removal.format(second.code))
    assert place_of(client, link) == PAGE
    assert f"They lead to the merchant’s page {PAGE} instead" in text_of(world.as_("northwind").get(HERE))
    fallback.set_page(world.acme.id, None, "https://portal.example")
    assert place_of(client, link) is None
    things.landing(sold, "https://shop.example/third")
    assert place_of(client, link).startswith("https://shop.example/third?")


def test_who_leaves_loses_links_codes_and_orders_and_keeps_deals_and_the_uid(client, world, sold):
    owner, place = world.as_("northwind"), f"{HERE}/leaving"
    followed = place_of(client)
    asked = text_of(owner.get(place))
    for said in (
        "Your links to it lead nowhere at once: whoever follows one sees that the offer has ended",
        "1 promo code: orders with it are no longer yours",
        "Orders from now on, those of people who followed your links before among them",
        "Deals that you brought stay yours and are paid. You can join again as long as the catalog is in the marketplace, and keep your link id.",
    ):
        assert said in asked
    owner.post(place)
    assert place_of(client) is None
    orders_are(sold, None, followed)
    before_is_paid(world)
    assert "Its links and codes no longer count" in text_of(owner.get(HERE))
    fallback.set_page(world.acme.id, PAGE, "https://portal.example")
    assert place_of(client) == PAGE
    assert promotions.join(world.northwind.partner, sold.short_code).uid == UID
    orders_are(sold, UID, place_of(client))
    assert f"whoever follows one comes to the merchant’s page {PAGE}" in text_of(owner.get(place))
    owner.post(place)
    catalogs.change(sold, {"is_published": False})
    assert "It is not in the marketplace now, so you cannot join it again." in text_of(owner.get(HERE))
    with pytest.raises(NotFound):
        promotions.join(world.northwind.partner, sold.short_code)


def test_who_is_taken_out_loses_links_codes_and_orders_and_keeps_deals_until_it_is_admitted_again(client, world, sold):
    owner, place = world.as_("acme"), f"{THERE}/ending"
    followed = place_of(client)
    asked = text_of(owner.get(place))
    for said in (
        "Its links lead nowhere at once, and clicks on them are no longer counted",
        "1 promo code: orders with it are no longer the promoter’s",
        "New orders, those of people who followed its links before among them, are nobody’s",
        "Deals that it brought stay its own and are paid. It cannot join again by itself; you can admit it at any time.",
    ):
        assert said in asked
    fallback.set_page(world.acme.id, PAGE, "https://portal.example")
    assert f"Its links lead to your page {PAGE} at once" in text_of(owner.get(place))
    owner.post(place, {"reason": "Brand bidding"})
    assert place_of(client) == PAGE
    clicks.flush()
    assert Click.select().count() == 1
    orders_are(sold, None, followed)
    before_is_paid(world)
    assert "Brand bidding" in text_of(world.as_("northwind").get(HERE))
    with pytest.raises(Refused):
        promotions.join(world.northwind.partner, sold.short_code)
    owner.post(f"{THERE}/approval")
    orders_are(sold, UID, place_of(client))


def test_who_is_refused_cannot_apply_again_and_can_be_admitted(client, world, sold):
    catalogs.change(sold, {"moderation_type": "MANUAL_MODERATION"})
    promotion = promotions.join(world.rival.partner, sold.short_code)
    owner, place = world.as_("acme"), f"/promoters/{promotion.uid}/refusal"
    assert "and cannot apply again by itself. You can admit it at any time." in text_of(owner.get(place))
    owner.post(place, {"reason": "No"})
    assert place_of(client, f"/go/{promotion.uid}") is None
    with pytest.raises(Refused):
        promotions.join(world.rival.partner, sold.short_code)
    owner.post(f"/promoters/{promotion.uid}/approval")
    assert place_of(client, f"/go/{promotion.uid}") is not None


def test_an_application_that_is_withdrawn_is_made_again(world, sold):
    catalogs.change(sold, {"moderation_type": "MANUAL_MODERATION"})
    promotion = promotions.join(world.rival.partner, sold.short_code)
    owner, place = world.as_("rival"), f"/promotions/{promotion.uid}/leaving"
    asked = text_of(owner.get(place))
    assert "You can apply again at any time." in asked and "its place among those that wait" in asked
    owner.post(place)
    assert (
        "Rival" not in text_of(world.as_("acme").get("/promoters")).partition("Decided")[0].partition("Waiting for")[2]
    )
    assert promotions.join(world.rival.partner, sold.short_code).state == "waiting"
    assert Promotion.get_by_id(promotion.id).uid == promotion.uid


def test_a_code_that_is_ended_counts_no_more_and_deals_that_used_it_stay(world, sold):
    owner = world.as_("northwind")
    used = things.deal(sold, "USED", "Paid", promo_code="NORTH5")
    told = text_of(owner.get(owner.post(f"{HERE}/codes/NORTH5/activation", {"active": "0"}).location))
    assert "The code NORTH5 is ended. Deals that used it stay yours." in told
    later = things.deal(sold, "LATER", "Paid", promo_code="NORTH5")
    assert [Deal.get_by_id(deal.id).promotion is not None for deal in (used, later)] == [True, False]


def test_an_inactive_offer_cannot_be_sold(world, sold):
    owner, offer = world.as_("acme"), sold.offers.get()
    told = text_of(owner.get(owner.post(f"/offers/{offer.uuid}/activation", {"active": "0"}).location))
    assert "is no longer active: promoters cannot sell it" in told
    deal = things.deal(sold, "INACTIVE", "Paid", another_data=f"myshare={UID}")
    assert Deal.get_by_id(deal.id).promotion is None and Deal.get_by_id(deal.id).payment_sum == 0


def test_a_removed_reward_or_group_leaves_deals_and_promoters_as_they_were(world, sold):
    owner, promotion = world.as_("acme"), Promotion.get()
    gold = groups.make(world.acme.id, "Gold")
    groups.put(gold, world.northwind.id)
    rewards.set_for_group(gold, sold, None, Given(percent=Decimal(30)))
    own = rewards.set_for_promoter(promotion, None, Given(percent=Decimal(20)))

    def earned(deal_id: str) -> int:
        return things.deal(sold, deal_id, "Paid", another_data=f"myshare={UID}").payment_sum

    assert earned("OWN") == 2000
    removal = f"/promoters/rewards/{own.uuid}/removal"
    asked = text_of(owner.get(removal))
    assert (
        "Deals that are there keep it. From the next deal on the next reward counts, in the end the offer’s or the catalog’s."
        in asked
    )
    owner.post(removal)
    assert (earned("GROUP"), Deal.get(Deal.deal_id == "OWN").payment_sum) == (3000, 2000)
    removal = f"/promoters/groups/{gold.uuid}/removal"
    asked = text_of(owner.get(removal))
    assert "Its promoters stay your promoters, and deals that are there keep their rewards." in asked
    assert "1 promoter earns what everybody does, or its own reward, from the next deal on" in asked
    owner.post(removal)
    assert (earned("CATALOG"), Deal.get(Deal.deal_id == "GROUP").payment_sum) == (1000, 3000)
    assert Promotion.get_by_id(promotion.id).state == "approved"


def test_a_removed_view_leaves_the_deals(world, sold):
    owner = world.as_("acme")
    owner.post("/deals/views/new?status=Paid", {"name": "Paid ones"})
    removal = f"/deals/views/{SavedView.get().uuid}/removal"
    asked = text_of(owner.get(removal))
    assert "The deals are untouched. To have it again, set its filters and save them." in asked
    owner.post(removal)
    assert "“Paid ones” is removed. The deals are untouched." in text_of(owner.get("/deals"))
    assert "Paid ones" not in text_of(owner.get("/deals")) and "BEFORE" in text_of(owner.get("/deals"))
    owner.post("/deals/views/new?status=Paid", {"name": "Paid ones"})
    assert SavedView.get().name == "Paid ones"
