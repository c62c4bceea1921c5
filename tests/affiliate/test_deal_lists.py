"""The lists of deals: in the order of their times, and by an index whatever is asked."""

import itertools

import pytest
from peewee import SqliteDatabase

from portal import clock
from portal.database import database
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deal_lists import filters as deal_filter
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists.filters import Filter
from portal.domain.affiliate.deals import queries as deal_queries
from portal.domain.affiliate.deals import standing as deal_standing
from portal.domain.affiliate.deals.rows import Narrowed
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import paid_out
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.waiting import waiting
from tests.affiliate import things

pytestmark = pytest.mark.on_both_engines


@pytest.fixture
def catalog(world):
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    return catalog


@pytest.fixture
def every_filter(world, catalog):
    """Every combination of the page's filters, the search by whatever finds something or nothing."""
    promotion = things.promotion(catalog, world.northwind)
    PromoCode.create(
        merchant=world.acme.partner, promotion=promotion, code="SUMMER10", written="SUMMER10", percent_discounts=1000
    )
    now = clock.now()
    asked = itertools.product(
        (None, *deal_standing.STATUSES),
        (None, catalog.id),
        ("", things.deal(catalog, "ONE").uuid, "ONE", promotion.uid, "SUMMER10", "nothing"),
        (None, now),
        (None, now),
        (None, "USD"),
    )
    return [Filter(*values) for values in asked]


def test_deals_are_listed_in_the_order_of_their_times(world, catalog):
    """Ids say nothing of it: a transaction that began earlier may end later."""
    partner_id, now = world.acme.id, clock.micros()
    reported = {name: things.deal(catalog, name).id for name in "ABCD"}
    for name, seconds in (("A", 2), ("B", 0), ("C", 1), ("D", 1)):
        Deal.update(conversion_time=now + seconds * 1_000_000).where(Deal.id == reported[name]).execute()
    everything = Filter()

    def names(page):
        return "".join(row.deal_id for row in page)

    assert names(deal_lists.page(partner_id, everything).rows) == "ADCB"
    assert names(deal_lists.page(partner_id, everything, before=reported["D"]).rows) == "CB"
    assert names(deal_lists.page(partner_id, everything, after=reported["C"]).rows) == "AD"
    assert names(deal_lists.page(partner_id, everything, is_oldest_first=True).rows) == "BCDA"
    assert names(deal_lists.page(partner_id, everything, after=reported["C"], is_oldest_first=True).rows) == "DA"
    assert names(deal_lists.page(partner_id, everything, before=reported["D"], is_oldest_first=True).rows) == "BC"
    assert names(deal_lists.seen(partner_id, everything, reported["D"])) == "DCB"
    assert deal_lists.count_above(partner_id, everything, reported["C"]) == 2
    listed = deal_queries.listed(partner_id, reported["A"], Narrowed(), 2)
    assert [row.deal_id for row in listed] == ["D", "C"]
    assert names(deal_lists.page(world.northwind.id, everything, after=reported["B"]).rows) == ""


def test_a_page_of_the_list_is_read_by_an_index_whatever_is_asked(world, every_filter, plans):
    for chosen in every_filter:
        deal_lists.page(world.acme.id, chosen)
        deal_lists.page(world.acme.id, chosen, before=1)
        deal_lists.page(world.acme.id, chosen, is_oldest_first=True)
        deal_lists.count_above(world.acme.id, chosen, 1)
    assert len(plans) > len(every_filter) / 2


def test_so_is_one_of_an_offer_a_promoter_nobody_or_of_self_referrals(world, catalog, plans):
    offer, promotion = things.offer(catalog, "Other").id, things.promotion(catalog, world.northwind)
    asked = itertools.product(
        (None, "Paid", "Canceled"), (None, catalog.id), ("", promotion.uid, "nothing"), (None, clock.now()),
        (None, "USD"), (None, offer), (None, promotion.id), (None, deal_filter.NOBODYS, deal_filter.SELF_REFERRALS),
    )  # fmt: skip
    for status, of_catalog, text, since, currency, *narrowed in asked:
        deal_lists.page(world.acme.id, Filter(status, of_catalog, text, since, None, currency, *narrowed), before=1)
    assert len(plans) > 800


def test_the_few_of_nobody_and_of_self_referrals_have_indexes_of_their_own(world, catalog, plans):
    for only, index in ((deal_filter.NOBODYS, "deal_of_nobody"), (deal_filter.SELF_REFERRALS, "deal_self_referral")):
        deal_lists.page(world.acme.id, Filter(only=only))
        assert index in "".join(plans[-1]), plans[-1]


def test_what_many_wait_for_is_looked_for_in_the_order_of_the_list(world, catalog, plans, monkeypatch):
    monkeypatch.setattr(paid_out, "FEW", -1)
    offer, promotion = things.offer(catalog, "Other").id, things.promotion(catalog, world.northwind).id
    asked = itertools.product(paid_out.WORDS, (None, "Approved"), (None, catalog.id), (None, offer), (None, promotion))
    for only, status, of_catalog, of_offer, of_promotion in asked:
        chosen = Filter(status, of_catalog, offer=of_offer, promotion=of_promotion, only=only)
        deal_lists.page(world.acme.id, chosen, before=1)
    assert len(plans) > 30


def test_few_are_found_by_their_items(world, catalog, engine):
    if not isinstance(database.obj, SqliteDatabase):
        pytest.skip("PostgreSQL reads a small table whole whatever its indexes are")
    for only, index in ((paid_out.OPEN, "payout_item_open (merchant"), (paid_out.PAID_OUT, "payout_item_payout_id")):
        where = deal_filter.where_of(world.acme.id, Filter(only=only))
        sql = f"EXPLAIN QUERY PLAN SELECT d.id FROM deal d WHERE {' AND '.join(where.texts)}"
        plan = "".join(row[-1] for row in database.execute_sql(sql, where.given).fetchall())
        assert index in plan and "SCAN d" not in plan and "SEARCH d USING INTEGER PRIMARY KEY" in plan, plan


def test_a_click_is_found_by_its_index(world, catalog, plans):
    click = Click.create(key="a" * 22, promotion=things.promotion(catalog, world.northwind), at=clock.now())
    things.deal(catalog, "CLICKED", another_data=f"myshare=NRTHWND22&click={click.key}")
    things.deal(catalog, "OTHER", another_data="myshare=NRTHWND22")
    rows = deal_lists.page(world.acme.id, Filter(text=click.key)).rows
    assert [row.deal_id for row in rows] == ["CLICKED"]
    assert "deal_by_click" in "".join(plans[-1])
    assert deal_lists.page(world.rival.id, Filter(text=click.key)).rows == []


def test_a_list_over_json_is_read_by_an_index_whatever_is_asked(world, catalog, plans):
    asked = itertools.product((None, "Paid"), (None, catalog.catalog_code), (None, "ONE"), (None, 1), (1, 2**63 - 1))
    for *narrowed, before in asked:
        deal_queries.listed(world.acme.id, before, Narrowed(*narrowed), 100)
        deal_queries.changed(world.acme.id, (1, before), Narrowed(*narrowed, modified=1), 100)
    assert len(plans) == 64


def test_a_page_of_changes_is_read_from_where_the_one_before_ended_and_never_from_before_the_beginning(world, catalog):
    for name, moment in (("A", 10), ("B", 20), ("C", 30)):
        Deal.update(modified_at=moment).where(Deal.id == things.deal(catalog, name).id).execute()
    asked = []
    database.obj.query_hooks.append(asked.append)
    try:
        pages = [
            [row.deal_id for row in deal_queries.changed(world.acme.id, after, Narrowed(modified=15), 100)]
            for after in (None, (20, 10**9), (1, 1))
        ]
    finally:
        database.obj.query_hooks.remove(asked.append)
    assert pages == [["B", "C"], ["C"], ["B", "C"]]
    assert [event.sql.count("modified_at >") for event in asked] == [1, 0, 1]


def test_what_waits_for_the_merchant_is_counted_by_indexes_of_its_own(world, catalog, plans):
    waiting.counts(world.acme.id)
    for index in ("deal_unknown_uid", "deal_to_judge", "deal_question_waiting"):
        assert index in "".join(plans[-1]), plans[-1]


def test_so_are_the_self_referrals_of_a_promoter(world, catalog, plans):
    assert promoter_lists.self_referrals(world.acme.id, [things.promotion(catalog, world.northwind).id]) == 0
    assert "deal_self_referral" in "".join(plans[-1]), plans[-1]


def test_a_deal_that_is_named_is_found_by_its_number(world, catalog, plans):
    things.deal(catalog, "one")
    for text, found in (("ONE", ["one"]), ("none", [])):
        rows = deal_lists.page(world.acme.id, Filter(text=text)).rows
        assert [row.deal_id for row in rows] == found
        assert "SEARCH d USING INTEGER PRIMARY KEY" in "".join(plans[-1]), plans[-1]


def test_of_several_that_are_meant_all_are_listed(world, catalog):
    for deal_id in ("Two", "TWO", "three"):
        things.deal(catalog, deal_id)
    assert {row.deal_id for row in deal_lists.page(world.acme.id, Filter(text="two")).rows} == {"Two", "TWO"}
    assert deal_lists.page(world.rival.id, Filter(text="two")).rows == []


@pytest.fixture
def plans(engine):
    """SQLite's plans of the deals that are read from now on; none reads or sorts more of them than it gives.

    Of several ways each gives a page, and what they gave is put in order; so are the few ids that begin with a text.
    """
    if not isinstance(database.obj, SqliteDatabase):
        pytest.skip("PostgreSQL reads a small table whole whatever its indexes are")
    seen = []

    def explain(event):
        if "FROM deal d" in event.sql and not event.sql.startswith("EXPLAIN"):
            plan = [row[-1] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {event.sql}", event.params).fetchall()]
            sorts = sum("TEMP B-TREE" in line for line in plan)
            assert sorts <= (3 if "CO-ROUTINE of_0" in plan else 0), (event.sql, plan)
            assert not [line for line in plan if line.startswith("SCAN d")], (event.sql, plan)
            seen.append(plan)

    database.obj.query_hooks.append(explain)
    yield seen
    database.obj.query_hooks.remove(explain)
