"""A test deal shows what a deal is, and no figure of its partner knows of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.domain import periods, verify
from portal.domain.accounts.partners import lists as partner_lists
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.catalogs import marketplace
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals as deal_reports
from portal.domain.affiliate.deals import moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.figures import figures
from portal.domain.affiliate.first_steps import first_steps
from portal.domain.affiliate.ledger.tables import Entry, Transfer
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import PayoutItem
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import BY_MERCHANT, Promotion
from portal.domain.affiliate.trials import removal, sample_promoter, trials
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog, Offer
from tests.affiliate import things

PERIOD = 30


@pytest.fixture
def catalog(world):
    """Not published yet: a newcomer's."""
    catalog = things.catalog(world.acme.partner, is_published=False)
    things.offer(catalog), things.landing(catalog)
    return catalog


def test_it_has_a_promoter_a_click_and_a_held_reward(world, catalog):
    made = trials.make(catalog)
    deal = Deal.get(Deal.uuid == made.uuid)
    assert (deal.status, deal.payment_sum, deal.currency) == ("Paid", 1000, "USD") and deal.deal_id.startswith("test-")
    assert deal.promotion.promoter.name == "Sample promoter" and deal.click.landing.url == things.landing(catalog).url
    assert Entry.select().where(Entry.account == "held", Entry.amount == 1000).count() == 1
    assert deal.partner_id == world.acme.twin().id and verify.faults() == []


def test_it_is_out_of_every_figure_of_its_partner(world, catalog):
    before = partner_lists.count()
    trials.make(catalog)
    found = figures.of_merchant(world.acme.id, periods.last(PERIOD, "UTC"))
    assert sum(found.deals) == sum(found.clicks) == 0 and not found.sold and not found.due
    for table, whose in ((Deal, Deal.partner), (Catalog, Catalog.partner), (Offer, Offer.partner)):
        assert table.select().where(whose == world.acme.id).count() == (0 if table is Deal else 1)
    assert Promotion.select().where(Promotion.catalog == catalog).count() == 0
    progress = first_steps.progress(world.acme.id)
    assert first_steps.TRIAL in progress.done and not progress.has_deals and partner_lists.count() == before


def test_what_is_not_published_is_shown_to_nobody_else_in_test_mode(world, catalog):
    made = trials.make(catalog)
    copy = Catalog.get_by_id(made.catalog_id)
    assert not copy.is_published and copy.title == catalog.title
    with pytest.raises(NotFound):
        promotions.open_catalog(world.rival.twin().partner, copy.short_code)
    catalogs.change(catalog, {"is_published": True})
    assert not marketplace.is_in(Catalog.get_by_id(copy.id))


def test_another_one_uses_what_is_there(world, catalog):
    first, second = trials.make(catalog), trials.make(catalog)
    assert first.catalog_id == second.catalog_id and first.promotion_id == second.promotion_id
    assert first.uuid != second.uuid and Partner.select().where(Partner.name == "Sample promoter").count() == 1
    catalogs.archive(Catalog.get_by_id(first.catalog_id))
    promotions.end(Promotion.get_by_id(first.promotion_id), BY_MERCHANT)
    assert trials.make(catalog).payment_sum == 1000
    assert trials.make(Catalog.get_by_id(first.catalog_id)).partner_id == first.partner_id, (
        "in test mode itself as well"
    )


def test_test_mode_keeps_its_clock(world, catalog):
    twin = world.acme.twin().partner
    partners.advance_clock(twin, 86_400 * 40)
    deal = Deal.get(Deal.uuid == trials.make(catalog).uuid)
    assert deal.conversion_time > clock.now() + timedelta(days=39) and deal.due_at > deal.conversion_time
    assert deal.click.at <= deal.conversion_time


def test_nothing_to_sell_is_said(world, catalog):
    Offer.update(is_active=False).execute()
    with pytest.raises(Refused, match="no active offer"):
        trials.make(catalog)
    with pytest.raises(Refused, match="is archived"):
        trials.make(catalogs.archive(catalog))
    assert Deal.select().count() == Promotion.select().count() == 0


@pytest.mark.parametrize("ends", ["held", "approved", "canceled"])
def test_it_is_removed_with_all_that_it_brought(world, catalog, ends):
    kept, made = trials.make(catalog), trials.make(catalog)
    period = periods.last(PERIOD, "UTC")
    log.give_positions()  # What came before it is no reason to sum anew.
    assert sum(figures.of_merchant(made.partner_id, period).deals) == 2
    if ends == "approved":
        Deal.update(due_at=0).where(Deal.uuid == made.uuid).execute()
        moves.settle_due()
    if ends == "canceled":
        deal_reports.update(made.partner_id, made.deal_id, status="Canceled")
    removal.remove(made.partner_id, made.uuid)
    assert [deal.uuid for deal in Deal.select()] == [kept.uuid] and Click.select().count() == 1
    assert Transfer.select().where(Transfer.deal.is_null()).count() == 0 == PayoutItem.select().count()
    assert Entry.select().count() == 2 and verify.faults() == []
    assert sum(figures.of_merchant(made.partner_id, period).deals) == 1, "what was remembered is forgotten"
    with pytest.raises(NotFound):
        removal.remove(made.partner_id, made.uuid)


def test_only_test_deals_are_removed_and_only_ones_own(world, catalog):
    made, twin = trials.make(catalog), world.acme.twin()
    live = things.deal(catalog, "test-LIVE")
    said = deal_reports.Report("Paid", "Spanish A1", Decimal(100), "USD", "test-own", "summer")
    own = deal_reports.report(twin.id, said)
    for partner_id, deal in (
        (world.acme.id, live),
        (twin.id, own),
        (world.rival.id, made),
        (world.rival.twin().id, made),
    ):
        with pytest.raises(NotFound):
            removal.remove(partner_id, deal.uuid)
    assert Deal.select().count() == 3


def test_one_that_stands_in_a_payout_stays(world, catalog):
    made = trials.make(catalog)
    Deal.update(due_at=0).execute()
    moves.settle_due()
    payouts.run(made.partner_id, [(sample_promoter.partner().id, "USD", 1000)])
    with pytest.raises(Refused, match="stands in a payout"):
        removal.remove(made.partner_id, made.uuid)
