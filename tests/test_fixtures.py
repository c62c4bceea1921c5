"""What the other tests stand on."""

import pytest
import requests

from portal.database import database
from portal.domain import verify
from portal.domain.accounts.tables import Partner
from portal.domain.areas import Check
from portal.domain.events.tables import Sequence
from portal.domain.offers.tables import Category
from tests.support import engines, promises


def test_a_test_starts_from_an_empty_database(engine):
    assert Partner.select().count() == 0
    assert Category.select().count() == 27
    assert Sequence.get_by_id("event").value == 0


def test_the_cast_is_there_on_both_engines(world, engine):
    assert {party.partner.slug for party in (world.acme, world.north, world.wind, world.rival)} == {
        "acme",
        "north",
        "wind",
        "rival",
    }
    assert world.north.partner.parent_id == world.northwind.id


def test_ids_begin_anew_with_each_test(world):
    assert world.northwind.id == 1


def test_a_twin_has_a_token_that_says_so(world):
    assert world.acme.twin().token.startswith("pp_test_")


def test_somebody_signed_in_is_known_to_the_portal(world):
    with world.as_("acme", "viewer").client as client:
        client.get("/livez")
    assert database.in_transaction() is False


def test_the_real_server_is_ready_and_has_the_cast(server):
    assert requests.get(f"{server.url}/readyz", timeout=60).text == "ok\n"
    with server.connected():
        assert Partner.get_by_id(server.world.acme.id).slug == "acme"


@pytest.mark.browser
@pytest.mark.engine("sqlite")
def test_a_browser_can_be_signed_in_on_desktop_and_phone(open_page):
    for device in (None, "iPhone 13"):
        page = open_page("acme", "owner", device=device)
        page.goto("/")
        assert "/sign-in" not in page.url


@pytest.mark.browser
@pytest.mark.engine("sqlite")
def test_axe_looks_at_a_page(open_page, axe):
    page = open_page(axe=True)
    page.goto("/sign-in")
    assert axe(page) == []


def test_a_promise_is_asked_unless_the_table_that_it_begins_with_is_empty(world, monkeypatch):
    asked = []
    monkeypatch.setattr(verify, "_broken", lambda check: asked.append(check.sentence) or [])
    of_partners, of_deals, of_either = (
        "SELECT p.slug FROM partner p LEFT JOIN deal d ON d.partner_id = p.id WHERE d.id IS NULL",
        "SELECT d.deal_id FROM deal d JOIN partner p ON p.id = d.partner_id",
        "SELECT d.deal_id FROM deal d UNION SELECT p.slug FROM partner p",
    )
    verify.faults([Check(query, query) for query in (of_partners, of_deals, of_either)])
    assert asked == [of_partners, of_either]


@pytest.mark.parametrize(
    ("query", "table"),
    [
        ("SELECT (SELECT COUNT(*) FROM offer) FROM deal", "deal"),
        ("\n SELECT d.id, ' (FROM ' FROM deal d\n JOIN offer o ON (o.id = d.offer_id)", "deal"),
        ("SELECT x.id FROM (SELECT id FROM deal) x JOIN offer o ON o.id = x.id", None),
        ("SELECT o.id FROM deal d RIGHT JOIN offer o ON o.id = d.offer_id", None),
        ("WITH x AS (SELECT 1) SELECT 1 FROM deal", None),
    ],
)
def test_the_table_that_a_promise_begins_with_is_the_one_all_it_finds_is_of(query, table):
    assert promises.first_table(query) == table


def test_most_promises_begin_with_a_table():
    begun = [promises.first_table(check.query) for check in verify.CHECKS]
    assert sum(name in engines.tables() for name in begun) > len(begun) * 0.8
