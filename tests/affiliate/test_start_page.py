"""The start page leads to the first deal, and then shows how it goes."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from portal import clock
from portal.domain import periods, remembered
from portal.domain.accounts.partners import areas
from portal.domain.accounts.tables import ClientToken, Membership
from portal.domain.accounts.tokens import tokens
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.clicks import days as clicked_days
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.figures import figures, tops
from portal.domain.affiliate.figures import promoters as promoter_figures
from portal.domain.affiliate.first_steps import first_steps
from portal.domain.affiliate.payouts import payouts, sending
from portal.domain.affiliate.permits import DEALS_READ
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.affiliate.trials import trials
from portal.domain.affiliate.waits import SELLING
from portal.domain.offers import offers
from portal.domain.waiting import waiting
from tests.affiliate import things
from tests.affiliate.counting import queries


def test_the_checklist_leads_from_step_to_step(world):
    ClientToken.delete().where(ClientToken.partner == world.acme.id).execute()
    owner = world.as_("acme")
    owner.post("/account/areas", {"area": "affiliate"})
    assert 'href="/catalogs/new"' in owner.get("/").text
    catalog = things.catalog(world.acme.partner, is_published=False)
    place = f"/catalogs/{catalog.short_code}"
    assert f'href="{place}/offers/new"' in owner.get("/").text
    things.offer(catalog)
    page = owner.get("/").text
    assert f'action="{place}/test-deal"' in page and f'<a href="{place}/landings/new">Add a landing</a>' in page
    trials.make(catalog)
    assert f'class="button primary compact" href="{place}/landings/new"' in owner.get("/").text
    things.landing(catalog)
    assert f'href="{place}"' in owner.get("/").text
    owner.post(f"{place}/publication", {"published": "1"})
    assert 'class="button primary compact" href="/developers/start"' in owner.get("/").text


def test_a_catalogs_page_names_the_next_step_until_the_first_deal(world):
    ClientToken.delete().where(ClientToken.partner == world.acme.id).execute()
    owner, catalog = world.as_("acme"), things.catalog(world.acme.partner, is_published=False)
    place = f"/catalogs/{catalog.short_code}"

    def told(visitor=owner):
        return visitor.get(place).text.partition('id="next-step"')[2].partition("</div>")[0]

    assert f'href="{place}/offers/new"' in told() and "Add an offer" not in told(world.as_("acme", "viewer"))
    things.offer(catalog)
    assert f'action="{place}/test-deal"' in told() and 'id="test-deal">' in owner.get(place).text
    trials.make(catalog)
    assert f'href="{place}/landings/new"' in told()
    added = owner.post(
        f"{place}/landings/new",
        {"url": "https://shop.example/", "adaptability": "All"},
        htmx=True,
        headers={"HX-Current-URL": f"http://localhost{place}/landings"},
    ).text
    assert 'id="next-step" class="callout tone-accent" hx-swap-oob="true"' in added and "with the button above" in added
    owner.post(f"{place}/publication", {"published": "1"})
    assert 'href="/developers/start"' in told()
    tokens.make(world.acme.twin().partner, "Shop", [DEALS_READ])
    assert "Next:" not in told()


def test_a_test_deal_is_made_from_the_checklist(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.landing(catalog)
    owner = world.as_("acme")
    place = f"/catalogs/{catalog.short_code}/test-deal"
    assert f'action="{place}"' in owner.get("/").text
    assert f'action="{place}"' not in world.as_("acme", "viewer").get("/").text
    shown = owner.get(owner.post(place, {}).headers["Location"]).text
    assert "This is a test deal" in shown and "10.00\u00a0USD" in shown and "Sample promoter" in shown
    owner.post("/test-mode", {"on": "0", "next": "/"})
    page = owner.get("/").text
    assert "To your first deal" not in page and "All is set for your first deal" in page and 'id="figures"' not in page


def test_the_checklist_goes_once_it_is_complete(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.landing(catalog), things.deal(catalog)
    assert first_steps.progress(world.acme.id).is_complete
    page = world.as_("acme").get("/").text
    assert "Your first deal is here" in page and f'href="/marketplace/{catalog.short_code}"' in page
    assert "To your first deal" not in page and 'hx-get="/figures?side=merchant&amp;days=30' in page


def test_what_comes_after_the_first_deal_is_told_until_it_is_put_away_or_two_weeks_have_passed(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.landing(catalog), things.deal(catalog)
    owner, viewer = world.as_("acme"), world.as_("acme", "viewer")
    assert "Your first deal is here" in viewer.get("/").text and "Hide<" not in viewer.get("/").text
    Deal.update(conversion_time=clock.now() - timedelta(days=13)).execute()
    assert "Your first deal is here" in owner.get("/").text
    Deal.update(conversion_time=clock.now() - timedelta(days=15)).execute()
    assert "Your first deal is here" not in owner.get("/").text
    Deal.update(conversion_time=clock.now()).execute()
    page = owner.get(owner.post("/first-steps", {"shown": "0"}).location).text
    assert "Hidden for everybody on the team." in page and "Show them" not in page
    assert "Your first deal is here" not in page and "Your first deal is here" not in viewer.get("/").text
    assert "Your first deal is here" not in world.as_("rival").get("/").text


def test_the_first_steps_are_put_away_for_everybody_of_the_partner_and_brought_back(world):
    owner, viewer = world.as_("acme", "manager"), world.as_("acme", "viewer")
    owner.post("/first-steps", {"shown": "0"})
    assert "To your first deal" not in viewer.get("/").text and "First steps: 1 of 6 done." in viewer.get("/").text
    assert "To your first deal" in world.as_("rival", "viewer").get("/").text
    assert viewer.post("/first-steps", {"shown": "1"}).status_code == 403
    owner.post("/first-steps", {"shown": "1"})
    assert "To your first deal" in viewer.get("/").text


def test_another_partners_progress_is_not_mine(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.deal(catalog)
    assert first_steps.progress(world.rival.id).done == {"token"}
    period = periods.last(30, "UTC")
    assert tops.offers(world.rival.id, period) == tops.promoters(world.rival.id, period) == []
    assert sum(figures.of_merchant(world.rival.id, period).deals) == 0


def sold(world):
    """Acme's catalog: a paid deal of northwind's with a click, one of nobody's, a canceled one, one in euro."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    terms.create(world.acme.id, {"name": "Guide"}, catalog.uuid, [offers.Price(Decimal(50), "EUR")])
    promotion = things.promotion(catalog, world.northwind)
    Click.create(key="k" * 22, promotion=promotion, landing=things.landing(catalog), at=clock.now())
    things.deal(catalog, "A", "Paid", another_data="uid=NRTHWND22")
    things.deal(catalog, "B")
    things.deal(catalog, "C"), things.deal(catalog, "C", "Canceled")
    things.deal(catalog, "D", "Paid", cost="50", currency="EUR", offer="Guide", another_data="uid=NRTHWND22")
    return catalog


def test_figures_count_a_day_in_the_partners_time_zone(world):
    sold(world)
    for zone in ("UTC", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns"):
        for length in periods.LENGTHS:
            found = figures.of_merchant(world.acme.id, periods.last(length, zone))
            assert found.deals == [0] * (length - 1) + [4] and found.clicks == [0] * (length - 1) + [1]


def test_figures_of_both_sides(world):
    sold(world)
    period = periods.last(7, "UTC")
    merchant = figures.of_merchant(world.acme.id, period)
    assert merchant.statuses == {"Created": 1, "Paid": 2, "Approved": 0, "Canceled": 1}
    assert merchant.pending == {"EUR": [0] * 6 + [500], "USD": [0] * 6 + [1000]} and merchant.conversion == 200
    assert (merchant.deals_before, merchant.clicks_before, merchant.earned_before) == (0, 0, {})
    promoter = promoter_figures.of(world.northwind.id, period)
    assert promoter.pending == merchant.pending and sum(promoter.deals) == 2 and promoter.clicks == merchant.clicks
    assert promoter.statuses == {"Created": 0, "Paid": 2, "Approved": 0, "Canceled": 0}
    assert [(top.name, top.number) for top in tops.offers(world.acme.id, period)] == [
        ("Spanish A1", 3),
        ("Guide", 1),
    ]
    assert [tuple(top) for top in tops.promoters(world.acme.id, period)] == [
        (f"{world.northwind.partner.name} · Summer", "NRTHWND22", 2)
    ]
    assert [(top.name, top.number) for top in tops.promotions(world.northwind.id, period)] == [("Summer", 2)]
    assert [top.number for top in tops.landings(world.northwind.id, period)] == [1]


def test_the_period_before_is_as_long_and_ends_where_this_one_begins(world):
    sold(world)
    moved = clock.micros() - 7 * 86_400 * 1_000_000
    Deal.update(conversion_time=moved).execute()
    Click.update(at=moved).execute()
    period = periods.last(7, "UTC")
    for found in (figures.of_merchant(world.acme.id, period), promoter_figures.of(world.northwind.id, period)):
        assert sum(found.deals) == sum(found.clicks) == 0 and found.clicks_before == 1
        assert (found.brought_before, found.earned_before) == (2, {"EUR": 500, "USD": 1000})


def test_a_beginning_is_not_compared_in_thousands_of_percent(world):
    sold(world)
    now = clock.micros()
    earlier = now - 8 * 86_400 * 1_000_000
    for number, at in enumerate([earlier] + [now] * 9):
        Click.create(key=f"{number:022}", promotion=Promotion.get(), at=at)
    assert "+900%" in world.as_("acme").get("/figures?days=7").text
    Click.create(key="z" * 22, promotion=Promotion.get(), at=now)
    page = world.as_("acme").get("/figures?days=7").text
    assert "over ten times the 7 days before" in page and "+1,000%" not in page


def test_approved_and_paid_out_rewards_are_told_apart(world):
    sold(world)
    Deal.update(due_at=0).where(Deal.deal_id == "A").execute()
    deal_moves.settle_due()
    run, _ = payouts.run(world.acme.id, [(world.northwind.id, "USD", 1000)])
    period = periods.last(30, "UTC")
    assert figures.of_merchant(world.acme.id, period).paid == promoter_figures.of(world.northwind.id, period).paid == {}
    sending.mark_run_sent(world.acme.id, run.uuid)
    for found in (figures.of_merchant(world.acme.id, period), promoter_figures.of(world.northwind.id, period)):
        assert sum(found.approved["USD"]) == 1000 and sum(found.pending["USD"]) == 0 and found.statuses["Approved"] == 1
        assert {code: sum(days) for code, days in found.paid.items()} == {"USD": 1000}


def test_the_chart_shows_the_measure_and_the_currency_that_are_chosen(world):
    sold(world)
    owner, promoter = world.as_("acme"), world.as_("northwind")

    def chart(visitor, address):
        page = visitor.get(address).text
        return page.partition('class="card-header"><h2>')[2].partition("</h2>")[0], page

    assert chart(owner, "/figures")[0] == "Sales per day, USD"
    title, page = chart(owner, "/figures?measure=rewards&currency=EUR&days=7")
    assert title == "Rewards per day, EUR" and "Held" in page
    assert 'href="/figures?side=merchant&amp;days=7&amp;measure=rewards&amp;currency=USD"' in page
    for measure, name in (("deals", "Deals"), ("clicks", "Clicks"), ("visitors", "Visitors")):
        assert chart(owner, f"/figures?measure={measure}")[0] == f"{name} per day"
        assert chart(promoter, f"/figures?side=promoter&measure={measure}")[0] == f"{name} per day"
    assert chart(owner, "/figures?measure=nothing&currency=GBP")[0] == "Sales per day, USD"
    assert "Currency of the chart" not in chart(owner, "/figures?measure=deals")[1]
    assert "Sales per day, USD" in chart(promoter, "/figures?side=promoter&currency=USD")[0]


def test_a_choice_stands_in_the_address_and_what_the_page_brings_by_itself_does_not(world):
    sold(world)
    owner = world.as_("acme")
    chosen = owner.get("/figures?days=7&measure=clicks", htmx=True, headers={"HX-Trigger": "measure-clicks"})
    assert chosen.headers["HX-Push-Url"] == "/?side=merchant&days=7&measure=clicks"
    assert 'href="/?side=merchant&amp;days=7&amp;measure=deals"' in chosen.text
    assert "HX-Push-Url" not in owner.get("/figures", htmx=True, headers={"HX-Trigger": "figures"}).headers


def test_each_figure_says_what_counts_in_it(world):
    sold(world)
    page = world.as_("acme").get("/figures").text
    assert "2 deals brought by promoters, to 1 click" in page and "2 of them brought by promoters" in page
    assert "What customers pay in deals that are not canceled" in page
    assert "Brought by your links and codes" in world.as_("northwind").get("/figures?side=promoter").text


def test_sales_are_what_deals_cost_that_are_not_canceled(world):
    sold(world)
    period = periods.last(7, "UTC")
    found = figures.of_merchant(world.acme.id, period)
    assert found.sold == {"EUR": [0] * 6 + [5000], "USD": [0] * 6 + [20000]} and found.sold_before == {}
    assert promoter_figures.of(world.northwind.id, period).sold == {"EUR": [0] * 6 + [5000], "USD": [0] * 6 + [10000]}


def test_a_period_that_is_over_counts_nothing_of_later_days(world):
    sold(world)
    today = clock.now().date()
    over = periods.chosen(today - timedelta(days=3), today - timedelta(days=1), "UTC")
    for found in (figures.of_merchant(world.acme.id, over), promoter_figures.of(world.northwind.id, over)):
        assert (
            sum(found.deals) == sum(found.clicks) == sum(found.visitors) == found.deals_before == 0 and not found.paid
        )
    assert tops.promotions(world.northwind.id, over) == tops.landings(world.northwind.id, over) == []
    moved = clock.micros() - 2 * 86_400 * 1_000_000
    Deal.update(conversion_time=moved).execute(), Click.update(at=moved).execute()
    remembered.forget_all(), clicked_days.forget()
    for found in (figures.of_merchant(world.acme.id, over), promoter_figures.of(world.northwind.id, over)):
        assert sum(found.clicks) == 1 and found.brought == 2


def test_months_and_days_of_ones_own_are_shown_or_refused_with_a_reason(world):
    sold(world)
    owner, today = world.as_("acme"), clock.now().date()
    first = today.replace(day=1)
    assert "<h2>This month</h2>" in owner.get("/figures?month=this").text
    assert periods.this_month("UTC").days[0] == first and periods.last_month("UTC").days[-1] == first - timedelta(
        days=1
    )
    assert "<h2>3 Nov – 9 Nov 2025</h2>" in owner.get("/figures?from=2025-11-03&to=2025-11-09").text
    for query, said in (
        ("from=2025-11-09&to=2025-11-03", "The first day is after the last one"),
        (f"from=2025-11-09&to={today + timedelta(days=2)}", "still to come"),
        ("from=2020-01-01&to=2025-11-03", "more than 366 days"),
        ("from=1990-01-01&to=1990-02-01", "in 2000 or later"),
        ("from=soon&to=", "Choose two days"),
    ):
        page = owner.get(f"/figures?{query}").text
        assert said in page and '<details class="own-period" open>' in page and "<h2>Last 30 days</h2>" in page
    assert (
        "/figures?side=merchant&amp;from=2025-11-09&amp;to=2025-11-03"
        in owner.get("/?from=2025-11-09&to=2025-11-03").text
    )
    assert 'value="2025-11-09"' in owner.get("/figures?from=2025-11-09&to=2025-11-03").text


def test_a_rest_of_clicks_is_compared_with_no_whole(world):
    sold(world)
    earlier = clock.micros() - 410 * 86_400 * 1_000_000
    Click.create(key="o" * 22, promotion=Promotion.get(), at=earlier)
    today = clock.now().date()
    year = periods.chosen(today - timedelta(days=365), today, "UTC")
    for found in (figures.of_merchant(world.acme.id, year), promoter_figures.of(world.northwind.id, year)):
        assert found.clicks_before == found.visitors_before == 0


def test_test_mode_has_figures_by_its_own_clock(world):
    twin = world.acme.twin()
    sold(SimpleNamespace(acme=twin, northwind=world.northwind))
    with clock.acting(40 * 86_400):
        found = figures.of_merchant(twin.id, periods.last(30, "UTC"))
    assert sum(found.deals) == 0 and found.deals_before == 4
    assert sum(figures.of_merchant(world.acme.id, periods.last(30, "UTC")).deals) == 0


def test_each_sees_the_side_that_it_is_on(world):
    sold(world)
    promoter = world.as_("northwind").get("/").text
    assert "side=promoter&amp;days=30" in promoter and "no payout account is given" in promoter
    assert "To your first deal" in world.as_("northwind").get("/?side=merchant").text
    assert ">Promoting<" not in world.as_("acme").get("/?side=promoter").text
    shown = world.as_("acme", "viewer").get("/figures?side=merchant&days=7").text
    assert "Last 7 days" in shown and "Sales per day, USD" in shown and "Top promoters" in shown
    assert '"/offers/' in shown
    fragment = world.as_("northwind").get("/figures?side=promoter&days=90", htmx=True).text
    assert fragment.lstrip().startswith('<div id="figures"') and "Top landings" in fragment
    assert 'aria-current="true">30 days' in world.as_("acme").get("/?days=31").text


def test_what_waits_for_the_merchant_is_counted(world):
    catalog = sold(world)
    assert 'id="waiting"' not in world.as_("acme").get("/").text
    Promotion.update(state="waiting").execute()
    Deal.update(due_at=0).where(Deal.deal_id == "A").execute()
    deal_moves.settle_due()
    asked = {"merchant": world.acme.id, "promoter": world.northwind.id, "question": "When?", "asked_at": clock.now()}
    DealQuestion.create(deal=Deal.get(deal_id="A"), **asked)
    page = world.as_("acme").get("/").text
    assert "1 promoter wants to join" in page and "1 question about a deal" in page
    assert "rewards that can be paid" not in page, "Nobody said where to."
    assert set(waiting.counts(world.rival.id).values()) == {0}
    assert "1 application waits for the merchant" in world.as_("northwind").get("/").text
    assert catalog.partner_id == world.acme.id


@pytest.mark.on_both_engines
def test_queries_do_not_grow_with_what_was_sold(world):
    catalog, owner = sold(world), world.as_("acme")
    pages = ("/", "/figures?days=90", "/figures?days=7")
    few = [queries(lambda path=path: owner.get(path)) for path in pages]
    for number in range(5):
        things.offer(catalog, f"More {number}")
        things.promotion(
            catalog, [world.north, world.wind, world.rival, world.acme, world.north.twin()][number], f"MORE{number}"
        )
        things.deal(catalog, f"M{number}", "Paid", another_data=f"uid=MORE{number}", offer=f"More {number}")
    remembered.forget_all(), clicked_days.forget()
    assert few == [queries(lambda path=path: owner.get(path)) for path in pages]
    assert few[1] - few[2] < 10  # Thirty days are summed at once.


def test_a_cashier_without_a_counter_is_greeted_instead_of_refused(world):
    areas.choose(world.acme.partner, [SELLING])
    response = world.as_("acme", "cashier").get("/")
    assert response.status_code == 200 and "An owner can give you another role" in response.text


def test_who_belongs_to_no_partner_is_told_what_to_do(world):
    Membership.delete().where(Membership.user == world.rival.users["viewer"].id).execute()
    response = world.as_("rival", "viewer").get("/")
    assert response.status_code == 200 and "Ask an owner of your partner to invite you" in response.text
    assert world.as_("operator").get("/").location == "/operator/board"
