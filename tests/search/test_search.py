"""Any thing of the acting partner's is found by an id, a code, a name or a mail address; nothing of others ever."""

import pytest

from portal import clock
from portal.database import database
from portal.domain.accounts.tables import ClientToken
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports.tables import DealImport
from portal.domain.affiliate.links.tables import OwnLink
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.identifiers import new_uuid
from portal.domain.offers.tables import Offer
from portal.domain.search import search, sources
from portal.domain.search.sources import MOST
from tests.affiliate import things
from tests.affiliate.counting import queries

pytestmark = pytest.mark.on_both_engines

OTHERS = ("Marathon", "MARATHON", "summer", "ORDER-", "CUSTOMER-1", "Northwind", "owner@", "pp_live", "1")


def filled(merchant, promoter, uid="NRTHWND22"):
    """One of each thing: the same names whoever it is for."""
    catalog = things.catalog(merchant.partner, title="Marathon shoes")
    offer, landing = things.offer(catalog, "Marathon light"), things.landing(catalog, "https://shop.example/marathon")
    promotion = things.promotion(catalog, promoter, uid)
    code = PromoCode.create(
        merchant=merchant.id, promotion=promotion, code="MARATHON5", written="Marathon5", percent_discounts=500
    )
    click = Click.create(key=uid.lower().rjust(22, "x"), promotion=promotion, landing=landing, at=clock.now())
    said = f"uid={uid}&click={click.key}&customer=CUSTOMER-1"
    deal = things.deal(catalog, "ORDER-1", "Paid", offer="Marathon light", another_data=said)
    Deal.update(due_at=0).where(Deal.id == deal.id).execute()
    deal_moves.settle_due()
    payouts.run(merchant.id, [(promoter.id, "USD", 1000)])
    return catalog, offer, landing, promotion, code, click, Deal.get_by_id(deal.id)


@pytest.fixture
def both(world):
    """The same things at acme and at rival, both sold by northwind."""
    return filled(world.acme, world.northwind), filled(world.rival, world.northwind, "RVLNRTHWD")


def kinds(partner, text, role="owner"):
    return {(hit.kind, hit.rank, hit.name) for hit in search.find(partner.id, role, text)}


def exact(partner, text, role="owner"):
    return {hit.kind for hit in search.find(partner.id, role, text) if hit.rank == 0}


def test_ids_and_codes_find_their_thing_first(world, both):
    catalog, offer, landing, promotion, _, click, deal = both[0]
    payout = Payout.get(Payout.merchant == world.acme.id)
    token = ClientToken.get(ClientToken.partner == world.acme.id)
    found = {
        catalog.short_code: "catalog", catalog.short_code.lower(): "catalog", catalog.uuid: "catalog", "summer": "catalog",
        offer.uuid: "offer", landing.code: "landing", "https://shop.example/marathon": "landing", deal.deal_id: "deal",
        deal.uuid: "deal", deal.uuid.upper(): "deal", click.key: "deal", "CUSTOMER-1": "deal", promotion.uid: "promoter",
        "marathon5": "promo code", str(payout.number): "payout", f"#{payout.number}": "payout", payout.uuid: "payout",
        "Owner@acme.example": "person", token.hint: "API token",
    }  # fmt: skip
    assert {text: exact(world.acme, text) for text in found} == {text: {kind} for text, kind in found.items()}


def test_names_are_found_by_any_part_those_that_begin_with_it_first(world, both):
    assert kinds(world.acme, "mara") >= {
        ("catalog", 1, "Marathon shoes"),
        ("offer", 1, "Marathon light"),
        ("landing", 2, "https://shop.example/marathon"),
        ("promo code", 1, "Marathon5"),
    }
    assert kinds(world.acme, "LIGHT") == {("offer", 2, "Marathon light")}
    assert ("deal", 1, "ORDER-1") in kinds(world.acme, "ORD") and ("promoter", 1, "Northwind") in kinds(
        world.acme, "north"
    )
    ranks = [hit.rank for hit in search.find(world.acme.id, "owner", "mara")]
    assert ranks == sorted(ranks)


def test_several_words_are_all_of_them_in_any_order(world, both):
    assert kinds(world.acme, "light marathon") == {("offer", 2, "Marathon light")}
    assert kinds(world.acme, "shoes light") == {("offer", 2, "Marathon light")}, (
        "the catalog that an offer stands in tells it"
    )
    assert ("promoter", 2, "Northwind") in kinds(world.acme, "shoes northwind")
    assert kinds(world.acme, "marathon nobody") == set() == kinds(world.acme, "marathon light northwind")
    assert ("catalog", 1, "Marathon shoes") in kinds(world.acme, "mara") and kinds(world.acme, "mara mara") >= {
        ("catalog", 2, "Marathon shoes")
    }


def test_a_promoter_is_found_once_by_the_words_of_any_of_its_catalogs(world, both):
    (promoter,) = kinds(world.acme, "shoes northwind")
    things.promotion(
        things.catalog(world.acme.partner, title="Winter coats", code="winter"), world.northwind, "WNTRNRTHW"
    )
    for text in ("shoes northwind", "coats northwind", "nrthwnd northwind", "WNTR northwind"):
        assert [hit for hit in kinds(world.acme, text) if hit[0] == "promoter"] == [promoter], text
    (found,) = search.find(world.acme.id, "owner", "nrthwnd22")
    assert (found.rank, found.name, found.note) == (0, "Northwind", "2 catalogs")


def test_what_is_meant_by_an_id_and_by_its_words_is_found_once(world, both):
    things.deal(both[0][0], "order-2", offer="Marathon light")
    for text, key in (("MARATHON5", "MARATHON5"), ("ORDER-2", Deal.get(Deal.deal_id == "order-2").uuid)):
        (found,) = search.find(world.acme.id, "owner", text)
        assert (found.rank, found.key) == (0, key)


def test_our_id_of_a_deal_is_found_by_its_beginning_by_whose_it_is(world, both):
    for _, _, _, _, _, _, deal in both:
        for begun in (deal.uuid[:8], deal.uuid[:13].upper(), deal.uuid[:-1]):
            assert {hit.key for hit in search.find(world.northwind.id, "owner", begun)} == {deal.uuid}
    mine, theirs = both[0][-1], both[1][-1]
    assert {hit.key for hit in search.find(world.acme.id, "viewer", mine.uuid[:8])} == {mine.uuid}
    assert search.find(world.acme.id, "viewer", theirs.uuid[:8]) == []


def test_links_and_imports_are_found_by_their_names(world, both):
    OwnLink.create(slug="summer-run", written="Summer-Run", promotion=both[0][3])
    OwnLink.create(slug="winter-run", written="winter-run", promotion=both[0][3], removed_at=clock.now())
    assert kinds(world.northwind, "run") == {("own link", 2, "Summer-Run")} and kinds(world.acme, "run") == set()
    assert exact(world.northwind, "SUMMER-RUN") == {"own link"}
    DealImport.create(
        partner=world.acme.id,
        actor="user:1",
        file_name="till of may.csv",
        separator=",",
        head=[],
        mapping={},
        state="done",
    )
    assert kinds(world.acme, "may till") == {("import", 2, "till of may.csv")}
    assert kinds(world.acme, "may till", "viewer") == kinds(world.northwind, "may till") == set()


def test_a_promoter_finds_its_own_side(world, both):
    _, _, _, promotion, _, click, deal = both[0]
    payout = Payout.get(Payout.merchant == world.acme.id)
    assert exact(world.northwind, promotion.uid) == {"promotion"} and exact(world.northwind, deal.uuid) == {"own deal"}
    assert exact(world.northwind, click.key) == {"own deal"} and exact(world.northwind, payout.uuid) == {"own payout"}
    assert [hit.of for hit in search.find(world.northwind.id, "owner", "MARATHON5")] == ["RVLNRTHWD", "NRTHWND22"]
    assert exact(world.northwind, deal.deal_id) == set(), "the merchant's own id is none of the promoter's business"


@pytest.mark.parametrize("text", OTHERS)
def test_the_same_names_at_two_partners_stay_apart(world, both, text):
    theirs = {thing.uuid for thing in (both[1][0], both[1][1], both[1][6])} | {both[1][0].short_code, both[1][2].code}
    theirs |= {"RVLNRTHWD", Payout.get(Payout.merchant == world.rival.id).uuid}
    theirs |= {str(token.id) for token in ClientToken.select().where(ClientToken.partner == world.rival.id)}
    hits = search.find(world.acme.id, "owner", text)
    assert hits and not theirs & {value for hit in hits for value in (hit.key, hit.of)}
    assert search.find(world.wind.id, "viewer", text) == [] or text in ("owner@", "pp_live")


def test_a_strangers_ids_find_nothing(world, both):
    catalog, offer, landing, promotion, _, click, deal = both[1]
    strange = [
        catalog.short_code,
        catalog.uuid,
        offer.uuid,
        landing.code,
        promotion.uid,
        click.key,
        deal.uuid,
        new_uuid(),
    ]
    strange += ["owner@rival.example", Payout.get(Payout.merchant == world.rival.id).uuid]
    assert [search.find(world.acme.id, "owner", text) for text in strange] == [[]] * len(strange)


def test_the_test_mode_and_the_live_partner_find_nothing_of_each_other(world, both):
    twin = world.acme.twin()
    assert search.find(twin.id, "owner", "Marathon") == []
    things.catalog(twin.partner, title="Only here")
    assert search.find(world.acme.id, "owner", "Only here") == []


@pytest.mark.parametrize(
    "text", ["%", "__", "%%", "!%", "ORDER_", "ORDER%", "mara%n", "\\", "\\%", "a\\_b", "' OR 1=1"]
)
def test_signs_of_the_query_language_stand_for_themselves(world, both, text):
    assert search.find(world.acme.id, "owner", text) == []
    Offer.update(name=f"So {text} it is").where(Offer.partner == world.acme.id).execute()
    assert len(text) < search.SHORTEST or {hit.kind for hit in search.find(world.acme.id, "owner", text)} == {"offer"}


def test_tokens_are_found_by_owners_alone_and_revoked_ones_by_nobody(world):
    ClientToken.update(name="Shop in Berlin").execute()
    assert exact(world.acme, "zzz") == set() and {kind for kind, *_ in kinds(world.acme, "berlin")} == {"API token"}
    assert kinds(world.acme, "berlin", "manager") == kinds(world.acme, "berlin", "viewer") == set()
    ClientToken.update(revoked_at=clock.now()).execute()
    assert kinds(world.acme, "berlin") == set()


def test_enter_opens_the_only_thing_of_that_id_and_lists_otherwise(world, both):
    owner, viewer = world.as_("acme"), world.as_("acme", "viewer")
    catalog, offer, _, _, _, _, deal = both[0]
    assert owner.get("/search?q=ORDER-1").headers["Location"] == f"/deals/{deal.uuid}"
    assert owner.get(f"/search?q={offer.uuid}").headers["Location"] == f"/offers/{offer.uuid}"
    assert viewer.get(f"/search?q={offer.uuid}").headers["Location"] == f"/offers/{offer.uuid}"
    listed = owner.get("/search?q=marathon").text
    assert (
        f'href="/catalogs/{catalog.short_code}"' in listed
        and f'href="/promoters/{world.northwind.partner.uuid}?tab=codes"' in listed
    )
    assert "Nothing is called “zzzz”" in owner.get("/search?q=zzzz").text
    assert "at least 2 characters" in owner.get("/search?q=z").text
    cashier = world.as_("acme", "cashier").get("/search?q=marathon").text
    assert "Nothing is called “marathon”" in cashier and catalog.short_code not in cashier


def test_an_id_that_is_sent_opens_without_names_being_looked_through(world, both):
    owner, asked = world.as_("acme"), []
    database.obj.query_hooks.append(asked.append)
    try:
        assert owner.get("/search?q=ORDER-1").status_code == 303
    finally:
        database.obj.query_hooks.remove(asked.append)
    assert any("deal_id = " in event.sql for event in asked) and not any("ALIKE" in event.sql for event in asked)


def test_what_the_text_cannot_be_is_left_out_and_would_have_found_nothing(world, both, monkeypatch):
    *_, click, deal = both[0]
    asked = [
        "marathon",
        "light marathon",
        "ORDER-",
        deal.uuid,
        deal.uuid[:8],
        click.key,
        "1",
        "#1",
        "+49 30 1234567",
        "owner@acme.example",
    ]
    found = {text: search.find(world.acme.id, "owner", text) for text in asked}
    monkeypatch.setattr(search, "_given", lambda values: search.IDS | search.BEGINNINGS)
    assert {text: search.find(world.acme.id, "owner", text) for text in asked} == found
    every = sources.exact(tuple(search.SOURCES), search.IDS).written
    few = sources.exact(tuple(search.SOURCES), frozenset({"key", "text", "slug"})).written
    assert ":uuid" in every and "payout" in every and ":uuid" not in few and "payout" not in few


def test_every_kind_leads_to_a_page_that_is_there(world, both):
    for visitor, texts in (
        (world.as_("acme"), ("marathon", "ORD", "north", "owner", "1", "pp_")),
        (world.as_("acme", "viewer"), ("marathon", "owner")),
        (world.as_("northwind"), ("marathon", both[0][6].uuid, both[0][5].key, "1")),
    ):
        for text in texts:
            page = visitor.get(f"/search?q={text}")
            urls = [
                part.partition('"')[0] for part in page.text.partition('class="found')[2].split('<li><a href="')[1:]
            ]
            urls = urls or [page.headers["Location"]]
            answers = {url: visitor.get(url.replace("&amp;", "&")).status_code for url in urls}
            assert set(answers.values()) <= {200, 302}, answers


def test_suggestions_are_options_and_hostile_names_stay_text(world, both):
    Offer.update(name=f"Zed {things.HOSTILE}").where(Offer.partner == world.acme.id).execute()
    part = world.as_("acme").get("/search?q=zed", htmx=True).text
    lists = ("deals", "marketplace", "search")
    assert part.lstrip().startswith('<div id="suggestions"') and part.count('role="option"') == 1 + len(lists)
    assert all(f'href="/{one}?q=zed"' in part for one in lists)
    assert "<script>alert" not in part and 'data-said="1 found. Use the arrow keys."' in part
    empty = world.as_("acme").get("/search?q=zzzz", htmx=True).text
    assert "Nothing is called “zzzz”" in empty and 'data-said="Nothing found."' in empty
    found = world.as_("acme").get("/search?q=zed", htmx=True, headers={"HX-Target": "found"}).text
    assert found.lstrip().startswith('<div id="found"') and "<script>alert" not in found


def test_more_that_is_found_takes_no_more_queries(world, both):
    owner = world.as_("acme")
    few = queries(lambda: owner.get("/search?q=marathon"))
    for number in range(8):
        things.offer(both[0][0], f"Marathon {number}")
        things.landing(both[0][0], f"https://shop.example/marathon/{number}")
    assert queries(lambda: owner.get("/search?q=marathon")) <= few
    assert len([hit for hit in search.find(world.acme.id, "owner", "marathon") if hit.kind == "offer"]) == MOST
    assert Landing.select().count() == 10 and Promotion.select().count() == 2
