"""Moments decide, not the worker's rounds: whoever comes after one finds the deal canceled or approved (contract: affiliate, Time)."""

import pytest

from portal import clock
from portal.affiliate.wire import moment
from portal.database import database
from portal.domain import verify
from portal.domain.accounts.partners import partners
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports import imports
from portal.domain.affiliate.imports import work as import_work
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.events.tables import Event
from portal.domain.offers.tables import Catalog
from tests.affiliate import things

MARK = "myshare=NRTHWND22"
AGO, AHEAD = -1, 10_000_000  # microseconds


@pytest.fixture
def begin():
    return None  # It makes a shop of its own.


@pytest.fixture
def shop(world):
    """Acme's catalog that northwind sells, with a deal that nobody paid and one that was paid; no worker is there."""
    catalog = things.catalog(world.acme.partner)
    things.offer(catalog)
    things.promotion(catalog, world.northwind)
    things.deal(catalog, "unpaid", another_data=MARK)
    things.deal(catalog, "paid", "Paid", another_data=MARK)
    return catalog


@pytest.fixture
def call(world):
    """Acme's integrator: `call("GET", "/deal/unpaid/")`."""
    client = world.app.test_client()

    def send(method: str, path: str, body: dict | None = None, party=world.acme):
        return client.open(f"/api{path}", method=method, json=body, headers=party.bearer)

    return send


def due(micros: int = AGO) -> None:
    """The moment of every deal that has one is so far from now."""
    Deal.update(due_at=clock.micros() + micros).where(Deal.due_at.is_null(False)).execute()


def happened(fact: str) -> list[str]:
    """Who is told to have done it."""
    return [event.actor for event in Event.select().where(Event.type == fact)]


def said(deal_id: str, status: str) -> dict:
    return {
        "deal_id": deal_id, "status": status, "offer": "Spanish A1", "cost": 100, "currency": "USD", "catalog_code": "summer",
        "another_data": MARK,
    }  # fmt: skip


def test_before_its_moment_a_deal_is_what_it_was(shop, call):
    due(AHEAD)
    assert call("GET", "/deal/unpaid/").json["status"] == "Created"
    assert call("GET", "/deal/paid/").json["approved_at"] is None
    assert call("PATCH", "/deal/unpaid/", {"status": "Paid"}).status_code == 200


def test_what_a_moment_decided_bears_that_moment_whenever_somebody_comes(shop, call):
    due(-90_000_000)
    moments = {deal.deal_id: moment(clock.to_micros(deal.due_at)) for deal in Deal.select()}
    assert call("GET", "/deal/unpaid/").json["canceled_at"] == moments["unpaid"]
    paid = call("GET", "/deal/paid/").json
    assert paid["approved_at"] == moments["paid"] < paid["modified_at"]


def test_after_its_moment_a_deal_is_shown_canceled_or_approved(shop, call):
    due()
    unpaid, paid = call("GET", "/deal/unpaid/").json, call("GET", "/deal/paid/").json
    assert (unpaid["status"], bool(unpaid["canceled_at"]), unpaid["payment_sum"]) == ("Canceled", True, 0)
    assert (paid["status"], bool(paid["approved_at"]), paid["payment_sum"]) == ("Paid", True, 10)
    assert happened("deal.canceled") == happened("deal.approved") == ["system"]
    assert verify.faults() == []


@pytest.mark.parametrize(
    "query, found",
    [
        ("", {"unpaid": "Canceled", "paid": "Paid"}),
        ("?status=Created", {}),
        ("?status=Canceled", {"unpaid": "Canceled"}),
        ("?status=Paid", {"paid": "Paid"}),
    ],
)
def test_lists_know_the_moment_whatever_they_are_narrowed_to(shop, call, query, found):
    due()
    rows = call("GET", f"/deal/{query}").json
    assert {row["deal_id"]: row["status"] for row in rows} == found
    assert all(row["approved_at"] for row in rows if row["status"] == "Paid")


def test_a_deal_paid_after_its_end_is_refused_by_every_road(shop, call):
    """One paid eight seconds after its end was taken."""
    due()
    for answer in (
        call("POST", "/deal/", said("unpaid", "Paid")),
        call("PATCH", "/deal/unpaid/", {"status": "Paid"}),
        call("POST", "/deal/", said("unpaid", "Created")),
    ):
        assert (answer.status_code, "canceled, and that is final" in answer.text) == (400, True)
    assert call("POST", "/deal/", said("unpaid", "Canceled")).json["status"] == "Canceled"
    assert Deal.get(Deal.deal_id == "unpaid").status == "Canceled"
    assert len(happened("deal.canceled")) == 1 and not happened("deal.paid")[1:]


def test_the_cost_of_a_deal_stays_after_its_approvals_moment(shop, call):
    due()
    answer = call("PATCH", "/deal/paid/", {"cost": 5})
    assert (answer.status_code, "approved" in answer.text) == (400, True)
    assert call("POST", "/deal/paid/refunds", {"amount": 50}).status_code == 201
    assert verify.faults() == []


def test_a_canceled_one_is_taken_back_from_where_its_moment_put_it(shop, call):
    due()
    assert call("PATCH", "/deal/paid/", {"status": "Canceled"}).json["status"] == "Canceled"
    assert (len(happened("deal.approved")), Catalog.get().canceled_deals, Catalog.get().approved_deals) == (1, 1, 0)
    assert verify.faults() == []


@pytest.mark.parametrize("path", ["/catalog/", "/catalog/{}/"])
def test_the_figures_of_a_catalog_count_what_a_moment_has_ended(shop, call, path):
    due()
    found = call("GET", path.format(shop.uuid)).json
    assert (found[0] if isinstance(found, list) else found)["approval_rate"].startswith("50")


def test_a_row_of_an_import_is_foreseen_and_refused_as_the_moment_decides(world, shop):
    head = "deal_id,status,offer,cost,currency,catalog_code,another_data\n"
    due()
    made = imports.start(world.acme.id, "a.csv", f"{head}unpaid,Paid,Spanish A1,100,USD,summer,{MARK}\n".encode())
    while import_work.work_due():
        pass
    assert (DealImport.get_by_id(made.id).bad, DealImport.get_by_id(made.id).changed) == (1, 0)
    assert deals.seen(world.acme.id, "paid").approved_at
    assert Deal.get(Deal.deal_id == "unpaid").status == "Created", "Looking ahead writes nothing."


def test_in_test_mode_its_own_clock_decides(world, shop, call):
    twin, promoter = world.acme.twin(), world.northwind.twin()
    catalog = things.catalog(twin.partner)
    things.offer(catalog)
    things.promotion(catalog, promoter, uid="TWN2222")
    things.deal(catalog, "unpaid")
    partners.advance_clock(twin.partner, 31 * 86_400)
    assert call("GET", "/deal/unpaid/", party=twin).json["status"] == "Canceled"
    assert call("GET", "/deal/unpaid/").json["status"] == "Created"


PAGES = [
    ("acme", "/deals", "Canceled"),
    ("acme", "/deals?status=Canceled", "unpaid"),
    ("acme", "/deals?status=Approved", "paid"),
    ("acme", "/deals/export.csv", "unpaid,Canceled"),
    ("acme", "/payouts", "Northwind"),
    ("acme", "/search?q=unpai", "Canceled"),
    ("northwind", "/promotions/deals?status=Canceled", "Spanish A1"),
    ("northwind", "/rewards", "10"),
]


@pytest.mark.parametrize("who, path, shown", PAGES, ids=[f"{who} {path}" for who, path, _ in PAGES])
def test_pages_show_what_the_moment_has_decided_to_both_sides(world, shop, who, path, shown):
    due()
    page = world.as_(who).get(path)
    assert (page.status_code, shown in page.text) == (200, True)
    assert {deal.deal_id: (deal.status, bool(deal.approved_at)) for deal in Deal.select()} == {
        "unpaid": ("Canceled", False), "paid": ("Paid", True),
    }  # fmt: skip
    assert happened("deal.canceled") == happened("deal.approved") == ["system"]


def test_strangers_settle_nothing_of_others(world, shop):
    due()
    assert world.as_("rival").get("/deals").status_code == 200
    assert Deal.get(Deal.deal_id == "unpaid").status == "Created"


@pytest.mark.engine("sqlite")
def test_where_nothing_can_be_written_what_is_there_is_shown(world, shop, call, engine):
    due()
    visitor = world.as_("acme")
    database.execute_sql("PRAGMA query_only = 1")
    try:
        assert visitor.get("/deals").status_code == 200
        assert call("GET", "/deal/unpaid/").status_code == 200
    finally:
        database.execute_sql("PRAGMA query_only = 0")
