"""Following a promoter's link: where it leads, what travels along, what is counted, and whose the deal then is."""

from decimal import Decimal
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from portal import clock
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Membership
from portal.domain.affiliate.catalogs import landings, terms
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.clicks import clicks
from portal.domain.affiliate.clicks import keys as click_keys
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions import promotions
from portal.domain.errors import Invalid
from portal.domain.offers import catalogs, offers

pytestmark = pytest.mark.on_both_engines

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"}


@pytest.fixture
def shop(world):
    """Acme's catalog with an offer and three landings, sold by northwind."""
    catalog = catalogs.create(world.acme.id, {"title": "Shop", "catalog_code": "shop", "reward_percent": Decimal(10)})
    terms.create(world.acme.id, {"name": "Plan"}, catalog.uuid, [offers.Price(Decimal(100), "USD")])
    for url, adaptability in (
        ("https://shop.example/phones?a=1#top", "Mobile"),
        ("https://shop.example/desks", "Desktop"),
        ("https://shop.example/all", "All"),
    ):
        landings.create(world.acme.id, {"url": url, "adaptability": adaptability}, catalog.uuid)
    return catalog


@pytest.fixture
def uid(world, shop):
    return promotions.join(world.northwind.partner, shop.short_code).uid


def follow(client, path: str, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 302, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    return answer.headers["Location"]


def report(world, another_data: str, deal_id: str = "d") -> Deal:
    said = deals.Report("Paid", "Plan", Decimal(100), "USD", deal_id, "shop", another_data=another_data)
    deals.report(world.acme.id, said)
    return Deal.get(Deal.deal_id == deal_id)


def test_the_oldest_landing_that_fits_the_device_with_what_travels(client, uid):
    place = urlsplit(follow(client, f"/go/{uid}?subid=a%20b&subid=2&myshare=OTHER&click=x&empty="))
    assert (place.netloc, place.path) == ("shop.example", "/desks")
    pairs = parse_qsl(place.query, keep_blank_values=True)
    assert pairs[:4] == [("subid", "a b"), ("subid", "2"), ("empty", ""), ("myshare", uid)]
    assert [name for name, _ in pairs[4:]] == ["click"]
    place = urlsplit(follow(client, f"/go/{uid.lower()}", **PHONE))
    assert (place.path, place.fragment) == ("/phones", "top")
    assert parse_qs(place.query).keys() == {"a", "myshare", "click"}
    clicks.flush()
    kept = [(click.device, click.query, click.landing.url) for click in Click.select().order_by(Click.id)]
    assert kept == [
        ("Desktop", "subid=a%20b&subid=2&empty=", "https://shop.example/desks"),
        ("Mobile", "", "https://shop.example/phones?a=1#top"),
    ]


def test_a_landing_can_be_named_and_once_removed_its_links_lead_to_the_oldest_that_fits(client, shop, uid):
    phones, desks, last = shop.landings
    for landing in (phones, desks, last):
        assert follow(client, f"/go/{uid}/{landing.code.lower()}").startswith(landing.url.partition("?")[0])
    landings.remove(last, shop.partner_id)
    assert follow(client, f"/go/{uid}/{last.code}?subid=7").startswith("https://shop.example/desks?subid=7&myshare=")
    assert follow(client, f"/go/{uid}/{last.code}", **PHONE).startswith("https://shop.example/phones?")
    landings.remove(desks, shop.partner_id)
    landings.remove(phones, shop.partner_id)
    assert client.get(f"/go/{uid}/{last.code}").status_code == 404


def test_without_one_that_fits_the_oldest_serves(client, world, shop, uid):
    for landing in list(shop.landings)[1:]:
        landings.remove(landing, world.acme.id)
    assert urlsplit(follow(client, f"/go/{uid}")).path == "/phones"


def test_links_that_lead_nowhere_are_a_page(client, world, shop, uid):
    promotion = promotions.of_merchant(world.acme.id, uid)
    other = catalogs.create(world.acme.id, {"title": "Other", "catalog_code": "other"})
    foreign = landings.create(world.acme.id, {"url": "https://shop.example/"}, other.uuid)

    def refuses(path: str) -> None:
        answer = client.get(path)
        assert (answer.status_code, "Location" in answer.headers) == (404, False)
        assert "leads nowhere" in answer.text

    for path in ("/go/ZZZZZZZZZ", "/go/x", "/go/%20", f"/go/{uid}/ZZZZZZ", f"/go/{uid}/!", f"/go/{uid}/{foreign.code}"):
        refuses(path)
    catalogs.change(shop, {"is_published": False})
    refuses(f"/go/{uid}")
    catalogs.change(shop, {"is_published": True})
    promotions.end(promotion, promotions.BY_MERCHANT)
    refuses(f"/go/{uid}")
    clicks.flush()
    assert Click.select().count() == 0


def test_looking_ahead_is_not_following(client, uid):
    assert client.head(f"/go/{uid}").status_code == 302
    follow(client, f"/go/{uid}", **{"Sec-Purpose": "prefetch;prerender"})
    clicks.flush()
    assert Click.select().count() == 0


def test_the_click_travels_into_the_deal(client, world, uid):
    query = urlsplit(follow(client, f"/go/{uid}?subid=7")).query
    clicks.flush()
    deal = report(world, query)
    assert (deal.promotion.uid, deal.click.query, deal.click.device) == (uid, "subid=7", "Desktop")
    assert deal.payment_sum == 1000


def test_a_deal_that_is_quicker_than_its_click_is_tied_to_it_all_the_same(client, world, uid):
    query = urlsplit(follow(client, f"/go/{uid}?subid=7", **PHONE)).query
    deal = report(world, query)
    assert (deal.promotion.uid, deal.click.landing, Click.select().count()) == (uid, None, 1)
    clicks.flush()
    click = Click.get_by_id(deal.click_id)
    assert (click.query, click.device, click.landing is not None) == ("subid=7", "Mobile", True)
    assert Click.select().count() == 1


def test_nobody_else_can_make_a_click(world, uid):
    promotion = promotions.of_merchant(world.acme.id, uid)
    key, at = click_keys.new(promotion.id)
    assert click_keys.read(key) == (promotion.id, at)
    forged = key[:-1] + ("0" if key[-1] != "0" else "1")
    for wrong in (forged, key[:-1], "z" * 22, "!" * 22, ""):
        assert click_keys.read(wrong) is None
    deal = report(world, f"myshare={uid}&click={forged}")
    assert (deal.promotion.uid, deal.click) == (uid, None)


def test_ids_never_repeat():
    made = [click_keys.new(1) for _ in range(5000)]
    assert len({key for key, _ in made}) == 5000


def test_a_click_in_test_mode_is_on_its_clock(client, world):
    acme, northwind = world.acme.twin(), world.northwind.twin()
    partners.advance_clock(acme.partner, 40 * 86_400)
    catalog = catalogs.create(acme.id, {"title": "Shop", "catalog_code": "shop", "reward_percent": Decimal(10)})
    landings.create(acme.id, {"url": "https://shop.example/"}, catalog.uuid)
    follow(client, f"/go/{promotions.join(northwind.partner, catalog.short_code).uid}")
    clicks.flush()
    assert abs((Click.get().at - clock.now()).total_seconds() - 40 * 86_400) < 60


@pytest.mark.parametrize("promoter", ["itself", "its company", "a partner of its person", "somebody else"])
def test_who_sells_to_itself_is_flagged(world, promoter):
    seller = {
        "itself": world.northwind,
        "its company": world.north,
        "a partner of its person": world.rival,
        "somebody else": world.acme,
    }[promoter]
    if promoter == "a partner of its person":
        Membership.create(user=world.northwind.users["manager"], partner=world.rival.id, role="viewer")
    catalog = catalogs.create(world.northwind.id, {"title": "S", "catalog_code": "shop", "reward_percent": Decimal(10)})
    terms.create(world.northwind.id, {"name": "Plan"}, catalog.uuid, [offers.Price(Decimal(100), "USD")])
    uid = promotions.join(seller.partner, catalog.short_code).uid
    said = deals.Report("Paid", "Plan", Decimal(100), "USD", "d", "shop", another_data=f"myshare={uid}")
    deals.report(world.northwind.id, said)
    deal = Deal.get()
    assert deal.promotion.uid == uid
    assert deal.is_self_referral is (promoter != "somebody else")
    assert any("self-referral" in step["detail"] for step in deal.attribution) is deal.is_self_referral


QUERIES = [
    "utm_term=%E9t%E9", "a;b", "a+b=c+d", "bare", "b=2&a=1&b=1", "empty=&=nameless&&", "x=%2f%2F%25", "q=a/b?c:d@e",
    "%80%ff", "filter[a]=1|2", "mix=%d1%91+%E9",
]  # fmt: skip


def test_parameters_travel_byte_for_byte_in_their_order(client, uid):
    for query in QUERIES:
        place = client.get(f"/go/{uid}", query_string=query).headers["Location"]
        assert place.startswith(f"https://shop.example/desks?{query}&myshare={uid}&click="), query
    clicks.flush()
    assert [click.query for click in Click.select().order_by(Click.id)] == QUERIES


def test_bytes_that_no_address_holds_travel_encoded(uid):
    place, click = clicks.follow(uid, None, "a=\xe9 \n&b", clicks.DESKTOP)
    assert place.startswith("https://shop.example/desks?a=%E9%20%0A&b&myshare=")
    assert click.query == "a=%E9%20%0A&b"


RESERVED = "myshare=OTHER2222&uid=OTHER2222&ref=OTHER2222&click=banner7&customer=mia"


def test_names_that_we_reserve_are_replaced_whoever_wrote_them(client, world, shop, uid):
    """A landing's own `myshare` paid another promoter, its `click` switched the click's age off."""
    own = f"https://shop.example/p?a=%E9&{RESERVED}&b;c&&myshare&%6dyshare=x#ref=kept"
    landing = landings.create(world.acme.id, {"url": own}, shop.uuid)
    assert landing.url == own
    place = follow(client, f"/go/{uid}/{landing.code}?{RESERVED}&sub=1")
    assert place.startswith(f"https://shop.example/p?a=%E9&b;c&&sub=1&myshare={uid}&click=")
    assert place.endswith("#ref=kept")
    clicks.flush()
    deal = report(world, place)
    assert (deal.promotion.uid, deal.click.landing_id, deal.customer) == (uid, landing.id, None)


def test_a_landing_of_nothing_but_reserved_names_keeps_its_path(client, world, shop, uid):
    landing = landings.create(world.acme.id, {"url": "https://shop.example?ref=a#top"}, shop.uuid)
    assert follow(client, f"/go/{uid}/{landing.code}").startswith(f"https://shop.example?myshare={uid}&click=")


def test_an_address_with_letters_of_every_alphabet_travels_encoded(client, world, shop):
    landings.create(world.acme.id, {"url": "https://shop.example/größe?q=ё", "adaptability": "All"}, shop.uuid)
    *_, landing = shop.landings
    uid = promotions.join(world.northwind.partner, shop.short_code).uid
    place = follow(client, f"/go/{uid}/{landing.code}?name=%D1%91")
    assert place.isascii() and place.startswith("https://shop.example/gr%C3%B6%C3%9Fe?q=%D1%91&name=%D1%91&myshare=")


@pytest.mark.parametrize("letter", ["\x7f", "\x85", "\x1f", "\u200b"])
def test_an_address_with_a_control_character_is_refused_and_an_older_one_travels_encoded(
    client, world, shop, uid, letter
):
    """It made the redirect a bare 500."""
    with pytest.raises(Invalid):
        landings.create(world.acme.id, {"url": f"https://shop.example/a{letter}b"}, shop.uuid)
    *_, landing = shop.landings
    Landing.update(url=f"https://shop.example/a{letter}b", adaptability="All").where(Landing.id == landing.id).execute()
    place = follow(client, f"/go/{uid}/{landing.code}")
    assert place.isascii() and place.isprintable() and place.startswith("https://shop.example/a%")


@pytest.mark.settings(click_limit=2)
def test_of_one_address_so_many_clicks_a_minute_count_and_everybody_is_sent_on(world, client, uid):
    keys = [dict(parse_qsl(urlsplit(follow(client, f"/go/{uid}")).query))["click"] for _ in range(5)]
    clicks.flush()
    assert {click.key for click in Click.select()} == set(keys[:2])
    elsewhere = client.get(f"/go/{uid}", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    clicks.flush()
    assert elsewhere.status_code == 302 and Click.select().count() == 3
    sold = report(world, f"click={keys[4]}&myshare={uid}")
    assert sold.promotion_id and Click.get_by_id(sold.click_id).key == keys[4], (
        "a customer's click is kept with the deal"
    )
