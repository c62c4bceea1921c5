"""The start page leads to the first deal, and then shows how it goes."""

from portal.domain.accounts import tokens
from portal.domain.accounts.permits import DEALS_READ
from portal.domain.accounts.tables import ClientToken, Membership
from portal.domain.affiliate import figures, first_steps
from tests.affiliate import things


def test_the_checklist_leads_from_step_to_step(world):
    ClientToken.delete().where(ClientToken.partner == world.acme.id).execute()
    owner = world.as_("acme")
    assert 'href="/catalogs/new"' in owner.get("/").text
    catalog = things.catalog(world.acme.partner, is_published=False)
    place = f"/catalogs/{catalog.short_code}"
    assert f'href="{place}/offers/new"' in owner.get("/").text
    things.offer(catalog)
    assert f'href="{place}/landings/new"' in owner.get("/").text
    things.landing(catalog)
    assert f'href="{place}"' in owner.get("/").text
    owner.post(f"{place}/publication", {"published": "1"})
    assert 'class="button primary compact" href="/developers/tokens/new"' in owner.get("/").text
    assert "An owner of Acme can do this." in world.as_("acme", "manager").get("/").text


def test_a_catalogs_page_names_the_next_step_until_the_first_deal(world):
    ClientToken.delete().where(ClientToken.partner == world.acme.id).execute()
    owner, catalog = world.as_("acme"), things.catalog(world.acme.partner, is_published=False)
    place = f"/catalogs/{catalog.short_code}"

    def told(visitor=owner):
        return visitor.get(place).text.partition('id="next-step"')[2].partition("</div>")[0]

    assert f'href="{place}/offers/new"' in told() and "Add an offer" not in told(world.as_("acme", "viewer"))
    things.offer(catalog)
    added = owner.post(
        f"{place}/landings/new",
        {"url": "https://shop.example/", "adaptability": "All"},
        htmx=True,
        headers={"HX-Current-URL": f"http://localhost{place}"},
    ).text
    assert 'id="next-step" class="callout tone-accent" hx-swap-oob="true"' in added and "with the button above" in added
    owner.post(f"{place}/publication", {"published": "1"})
    assert 'href="/developers/tokens/new"' in told()
    assert "An owner of Acme can do this." in told(world.as_("acme", "manager"))
    tokens.make(world.acme.partner, "Shop", [DEALS_READ])
    assert f'href="{place}#test-deal"' in told() and 'id="test-deal">' in owner.get(place).text
    things.deal(catalog)
    assert "Next:" not in told()


def test_the_checklist_goes_once_it_is_complete(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.landing(catalog), things.deal(catalog)
    assert first_steps.progress(world.acme.id).is_complete
    page = world.as_("acme").get("/").text
    assert "To your first deal" not in page and "Deals and clicks per day" in page


def test_another_partners_progress_is_not_mine(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.deal(catalog)
    assert first_steps.progress(world.rival.id).done == {"token"}
    assert figures.top_offers(world.rival.id, "UTC") == []


def test_figures_count_a_day_in_the_partners_time_zone(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    things.deal(catalog, "A", "Paid", another_data="uid=NRTHWND22")
    things.deal(catalog, "B")
    for zone in ("UTC", "Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns"):
        days = figures.days(world.acme.id, zone)
        assert len(days) == 30 and days[-1].deals == 2
    now, before = figures.periods(world.acme.id, "UTC")
    assert (now.deals, now.paid, now.pending, now.due) == (2, 1, {"USD": 1000}, {})
    assert before.deals == 0
    assert figures.top_offers(world.acme.id, "UTC") == [("Spanish A1", 2)]


def test_a_cashier_is_greeted_instead_of_refused(world):
    response = world.as_("acme", "cashier").get("/")
    assert response.status_code == 200 and "ask an owner of Acme for another role" in response.text


def test_who_belongs_to_no_partner_is_told_what_to_do(world):
    Membership.delete().where(Membership.user == world.rival.users["viewer"].id).execute()
    response = world.as_("rival", "viewer").get("/")
    assert response.status_code == 200 and "Ask an owner of your partner to invite you" in response.text
    assert "You run this installation" in world.as_("operator").get("/").text
