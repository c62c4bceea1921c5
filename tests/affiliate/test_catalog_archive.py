"""A catalog is put away and brought back: what leaves with it, what stays, and who is told."""

import pytest

from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import marketplace
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.first_steps import first_steps
from portal.domain.affiliate.promotions import promotions
from portal.domain.errors import Invalid, NotFound
from portal.domain.events import timeline
from portal.domain.mail.tables import Mail
from portal.domain.offers import catalogs
from portal.domain.offers import choices as catalog_choices
from portal.domain.offers.tables import Catalog
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines


@pytest.fixture
def summer(world):
    """Acme's catalog in the marketplace, which northwind sells."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog), things.landing(catalog), things.promotion(catalog, world.northwind)
    return catalog


def shown(world, which="", text=""):
    return [row.title for row in catalog_lists.page(world.acme.id, which, text, None, None).rows]


def test_an_archived_catalog_leaves_the_marketplace_the_lists_and_the_pickers(world, summer):
    catalogs.archive(summer)
    assert not marketplace.is_in(summer) and marketplace.page(world.rival.partner, marketplace.Filter()).rows == []
    assert shown(world) == shown(world, "published") == shown(world, "unpublished") == []
    assert shown(world, "archived") == shown(world, "archived", "SUM") == ["Summer"]
    assert catalog_choices.catalogs(world.acme.id) == []
    assert first_steps.progress(world.acme.id).catalog is None
    with pytest.raises(NotFound):
        promotions.join(world.rival.partner, summer.short_code)


def test_promoters_are_told_once_that_it_is_gone(world, summer):
    for _ in range(2):
        catalogs.archive(summer)
    assert sorted(mail.to for mail in Mail.select()) == ["manager@northwind.example", "owner@northwind.example"]
    facts = [fact.type for fact in timeline.of(world.acme.id, "catalog", summer.uuid)]
    assert facts[:2] == ["catalog.unpublished", "catalog.archived"] and len(facts) == 3


def test_nobody_is_told_of_what_nobody_could_sell(world, summer):
    catalogs.change(summer, {"is_published": False})
    Mail.delete().execute()
    catalogs.archive(summer)
    assert Mail.select().count() == 0


def test_restored_it_is_unpublished_until_it_is_published(world, summer):
    catalogs.archive(summer)
    for _ in range(2):
        catalogs.restore(summer)
    assert shown(world) == shown(world, "unpublished") == ["Summer"] and not Catalog.get().is_published
    catalogs.change(summer, {"is_published": True})
    assert marketplace.is_in(summer)


def test_an_archived_catalog_is_changed_but_not_published(world, client, summer):
    catalogs.archive(summer)
    with pytest.raises(Invalid, match="Restore it"):
        catalogs.change(summer, {"is_published": True, "title": "Late summer"})
    assert Catalog.get().title == "Summer"
    place = f"/api/catalog/{summer.short_code}/"
    refused = client.patch(place, json={"is_published": True}, headers=world.acme.bearer)
    assert refused.status_code == 400 and "Restore it" in refused.text
    assert client.patch(place, json={"title": "Late summer"}, headers=world.acme.bearer).status_code == 200
    answer = client.get(place, headers=world.acme.bearer).json
    assert (answer["title"], answer["is_published"]) == ("Late summer", False)
    assert [one["title"] for one in client.get("/api/catalog/", headers=world.acme.bearer).json] == ["Late summer"]


def test_deals_on_the_way_keep_their_terms_and_are_approved(world, summer):
    things.deal(summer, "A", "Paid", another_data="uid=NRTHWND22")
    assert catalog_lists.running_deals(summer) == 1
    catalogs.archive(summer)
    Deal.update(due_at=0).execute()
    deal_moves.settle_due()
    assert Deal.get().approved_at and Deal.get().payment_sum == 1000
    assert catalog_lists.running_deals(summer) == 0


def test_the_question_before_it_tells_what_ends_and_what_goes_on(world, summer):
    owner, place = world.as_("acme", "manager"), f"/catalogs/{summer.short_code}/archive"
    things.deal(summer, "A"), things.deal(summer, "B", "Paid")
    things.promotion(summer, world.rival, "RVLRVL222")
    promotions.Promotion.update(state="waiting").where(promotions.Promotion.uid == "RVLRVL222").execute()
    asked = owner.get(place).text
    assert "1 promoter, who is told" in asked and "2 deals are still on the way" in asked
    assert "1 application is no longer shown" in asked
    assert owner.post(place, {}).status_code == 400
    assert owner.post(f"{place}?archived=1").status_code == 303
    page = owner.get(f"/catalogs/{summer.short_code}").text
    assert "Archived" in page and "Restore" in page and "Make a test deal" not in page
    assert "Summer" not in owner.get("/catalogs", htmx=True).text
    assert "Summer" in owner.get("/catalogs?shown=archived", htmx=True).text
    assert "Restore it" in owner.get(owner.post(f"/catalogs/{summer.short_code}/publication?published=1").location).text
    assert owner.post(place, {"archived": "0"}).status_code == 303
    assert Catalog.get().archived_at is None and not Catalog.get().is_published


def test_an_unpublished_catalog_takes_nothing_from_promoters(world, summer):
    catalogs.change(summer, {"is_published": False})
    asked = world.as_("acme").get(f"/catalogs/{summer.short_code}/archive").text
    assert "who is told" not in asked and "It stays unpublished" in asked
