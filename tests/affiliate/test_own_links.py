"""Links to any page of the shop, links with names, and where dead ones lead."""

from urllib.parse import quote

import pytest

from portal.domain.affiliate.catalogs import landings
from portal.domain.affiliate.catalogs.tables import Landing
from portal.domain.affiliate.clicks import addresses, clicks
from portal.domain.affiliate.clicks.tables import Click
from portal.domain.affiliate.links import fallback, own_links, shop_pages
from portal.domain.affiliate.links.own_links import Wanted
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.offers import catalogs
from tests.affiliate import things

UID, PORTAL = "NRTHWND22", "https://portal.example"
PAGE = "https://acme.example/sorry"


@pytest.fixture
def promotion(world):
    """Northwind sells acme's summer catalog; acme's winter catalog stands on another host."""
    summer = things.catalog(world.acme.partner)
    things.landing(summer, "https://shop.example/summer?ref=x")
    winter = things.catalog(world.acme.partner, "Winter", "winter")
    things.landing(winter, "https://winter.example:8443/snow")
    return things.promotion(summer, world.northwind)


def follow(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 302, path
    return answer.headers["Location"]


def leads(client, to: str) -> str:
    """Where `to` leads, without what is added."""
    return follow(client, f"/go/{UID}?to={to}").partition("myshare=")[0].rstrip("?&")


LANDING = "https://shop.example/summer"

PAGES = [
    ("/sale", "https://shop.example/sale"),
    ("/sale?size=42", "https://shop.example/sale?size=42"),
    (quote("/sale?a=1&b=2#top", safe=""), "https://shop.example/sale?a=1&b=2"),
    (quote("https://shop.example/p?q=%E9+a%20b", safe=""), "https://shop.example/p?q=%E9+a%20b"),
    ("/p%3Fq=%E9", "https://shop.example/p?q=%E9"),
    ("/gr%C3%B6%C3%9Fe", "https://shop.example/gr%C3%B6%C3%9Fe"),
    ("HTTPS://SHOP.EXAMPLE/P", "https://shop.example/P"),
    ("https://shop.example:443/p", "https://shop.example/p"),
    ("http://shop.example/p", "https://shop.example/p"),
    ("//shop.example/p", "https://shop.example/p"),
    ("shop.example/p", "https://shop.example/p"),
    ("https://shop.example", "https://shop.example"),
    ("https://winter.example:8443/ski", "https://winter.example:8443/ski"),
    ("/p?uid=OTHER2222%26b=2", "https://shop.example/p?b=2"),
]


def test_a_link_leads_to_any_page_under_the_hosts_that_the_merchants_landings_name(client, promotion):
    for to, place in PAGES:
        assert leads(client, to) == place, to
    clicks.flush()
    assert {click.landing for click in Click.select()} == {None}


ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "////evil.example", "/%5Cevil.example", "%5C%5Cevil.example",
    "/%09/evil.example", "%0d%0aLocation:https://evil.example", "https:evil.example", "https:/evil.example",
    "https://shop.example@evil.example/", "https://shop.example%40evil.example/", "https://shop.example:443@evil.example/",
    "https://user:pass@shop.example/", "https://evil.example%5C@shop.example/", "https://shop.example.evil.example/",
    "https://evil.example%23@shop.example/", "https://shop.example%2eevil.example/", "https://shop.example%252eevil.example/",
    "https://shop.example%E3%80%82evil.example/", "https://sh%D0%BEp.example/", "https://xn--shp-fmc.example/",
    "https://shop.example./", "https://sub.shop.example/", "https://shop.example:8443/", "https://winter.example/", "https://shop.example:/",
    "javascript:alert(1)", "javascript://shop.example/%250aalert(1)", "data:text/html,x", "ftp://shop.example/", "file:///etc/passwd",
    "%2F%2Fevil.example", "%252F%252Fevil.example", "%68ttps://evil.example/", "https%3A%2F%2Fevil.example", "evil.example/p",
    "https://%5B::1%5D/", "https://",
]  # fmt: skip


def test_everything_else_leads_to_the_landing_however_it_is_written(client, promotion):
    for to in ELSEWHERE:
        assert leads(client, to) == LANDING, to


def test_no_host_that_somebody_asks_for_is_worked_out_at_length(client, world, promotion, monkeypatch):
    asked, own = [], addresses.host_in_ascii
    monkeypatch.setattr(shop_pages, "host_in_ascii", lambda host: asked.append(host) or own(host))
    for number in range(20):
        things.landing(promotion.catalog, f"https://shop{number}.example/")
    assert leads(client, quote("https://bücher.example/", safe="")) == LANDING
    assert asked.count("bücher.example") == 2  # for each scheme
    for host in (HostNotWorkedOut("ü" * 64 + ".example"), HostNotWorkedOut("ü." * 200 + "example")):
        assert own(host).isascii()


class HostNotWorkedOut(str):
    """One whose encoding would cost its length squared."""

    def encode(self, encoding="utf-8", errors="strict"):
        assert encoding != "idna"
        return super().encode(encoding, errors)


def test_a_shops_own_parameter_of_that_name_travels(client, promotion):
    assert leads(client, "VIE&from=LHR") == f"{LANDING}?to=VIE&from=LHR"


def test_a_removed_landings_host_is_left_again(client, world, promotion):
    (winter,) = (row for row in Landing.select() if row.url.startswith("https://winter"))
    assert leads(client, "https://winter.example:8443/ski").startswith("https://winter")
    landings.remove(winter, world.acme.id)
    assert leads(client, "https://winter.example:8443/ski") == LANDING


@pytest.mark.on_both_engines
def test_a_link_has_a_name_that_is_unique_in_the_portal_and_counts_as_the_promoters(client, world, promotion):
    landing = promotion.catalog.landings.get()
    own_links.create(promotion, Wanted("Summer-Sale", page="/sale?a=1", subid="news letter"))
    own_links.create(promotion, Wanted("to-landing", landing=landing.code))
    place = follow(client, "/go/summer-SALE?b=%E9")
    assert place.startswith(f"https://shop.example/sale?a=1&subid=news+letter&b=%E9&myshare={UID}&click=")
    # As it is pasted: with an invisible sign, in wide letters, with another dash.
    for typed in ("Summer%E2%80%8B-Sale", "%EF%BC%B3ummer-sale", "summer%E2%80%93sale"):
        assert follow(client, f"/go/{typed}").startswith("https://shop.example/sale?")
    assert follow(client, "/go/to-landing").startswith(f"https://shop.example/summer?myshare={UID}")
    clicks.flush()
    led = [(click.promotion_id, click.landing_id) for click in Click.select().order_by(Click.id)]
    assert led == [(promotion.id, None)] * 4 + [(promotion.id, landing.id)]
    other = things.promotion(promotion.catalog, world.rival, "RIVALUID2")
    with pytest.raises(Invalid, match="taken"):
        own_links.create(other, Wanted("SUMMER-sale"))
    with pytest.raises(Invalid, match="taken"):
        own_links.create(promotion, Wanted("summer-sale"))


@pytest.mark.on_both_engines
def test_a_removed_name_leads_nowhere_and_is_nobody_elses(client, world, promotion):
    own_links.create(promotion, Wanted("summer-sale"))
    own_links.remove(promotion, "Summer-Sale")
    assert client.get("/go/summer-sale").status_code == 404
    with pytest.raises(NotFound):
        own_links.remove(promotion, "summer-sale")
    other = things.promotion(promotion.catalog, world.rival, "RIVALUID2")
    with pytest.raises(Invalid, match="taken"):
        own_links.create(other, Wanted("summer-sale"))
    own_links.create(promotion, Wanted("summer-sale", page="/again"))
    assert follow(client, "/go/summer-sale").startswith("https://shop.example/again?")


@pytest.mark.on_both_engines
def test_nobody_keeps_more_and_more_names_from_others_by_removing_them(promotion, monkeypatch):
    monkeypatch.setattr(own_links, "MOST_KEPT", 3)
    for name in ("one", "two", "three"):
        own_links.create(promotion, Wanted(f"sale-{name}"))
        own_links.remove(promotion, f"sale-{name}")
    with pytest.raises(Refused, match="has had 3 names"):
        own_links.create(promotion, Wanted("sale-four"))
    assert own_links.create(promotion, Wanted("Sale-One")).removed_at is None


NOT_NAMES = [
    "", "ab", "a" * 41, "-abc", "abc-", "a b c", "a/b", "a.b", "été", "admin", "ADMIN", "null", "test", "login", "undefined", "n-a", "sign-in", "html",
    "RIVALUID2", "rivaluid2", "RIVAL-UID2", "FLASHSALE", "flashsale", "ABCDEFGHJ",
]  # fmt: skip


def test_a_name_means_nothing_else_and_looks_like_nobodys_uid(world, promotion):
    things.promotion(promotion.catalog, world.rival, "RIVALUID2")
    for slug in NOT_NAMES:
        with pytest.raises(Invalid) as refused:
            own_links.create(promotion, Wanted(slug))
        assert refused.value.errors[0][0] == "slug", slug


def test_a_link_with_a_name_stays_in_the_shop_and_the_catalog(world, promotion):
    with pytest.raises(Invalid, match="shop.example"):
        own_links.create(promotion, Wanted("outside", page="https://evil.example/"))
    other = next(row for row in Landing.select() if row.catalog_id != promotion.catalog_id)
    with pytest.raises(NotFound):
        own_links.create(promotion, Wanted("other-shop", landing=other.code))
    promotions.end(promotion, promotions.BY_PROMOTER)
    with pytest.raises(Refused):
        own_links.create(promotion, Wanted("too-late"))


def test_a_link_with_a_name_to_a_landing_that_moved_leads_to_one_that_fits(client, world, promotion):
    landing, other = Landing.select().order_by(Landing.id)
    things.landing(promotion.catalog, "https://shop.example/second")
    own_links.create(promotion, Wanted("moved-on", landing=landing.code))
    landings.change(landing, world.acme.id, {}, other.catalog.uuid)
    assert follow(client, "/go/moved-on").startswith("https://shop.example/second?")


@pytest.mark.on_both_engines
def test_dead_links_lead_to_the_merchants_page_if_it_has_set_one(client, world, promotion):
    own_links.create(promotion, Wanted("living")), own_links.create(promotion, Wanted("removed"))
    own_links.remove(promotion, "removed")
    fallback.set_page(world.acme.id, PAGE, PORTAL)
    assert follow(client, f"/go/{UID}").startswith(LANDING) and follow(client, "/go/living").startswith(LANDING)
    assert follow(client, "/go/removed") == follow(client, f"/go/{UID}/ZZZZZZ") == PAGE
    assert client.get("/go/nobodys-name").status_code == client.get("/go/ZZZZZZZZZ").status_code == 404
    catalogs.change(promotion.catalog, {"is_published": False})
    assert follow(client, f"/go/{UID}?to=/sale&subid=7") == follow(client, "/go/living") == PAGE
    catalogs.change(promotion.catalog, {"is_published": True})
    promotions.end(promotion, promotions.BY_MERCHANT)
    assert follow(client, f"/go/{UID}") == PAGE
    fallback.set_page(world.acme.id, "", PORTAL)
    assert client.get(f"/go/{UID}").status_code == 404
    clicks.flush()
    assert Click.select().count() == 2


def test_the_page_for_dead_links_is_a_page_of_ones_own_over_https(world):
    for url in [
        "http://acme.example/",
        "/sorry",
        "javascript:alert(1)",
        "https://user@acme.example/",
        "https://",
        "https://portal.example/go/X",
    ]:
        with pytest.raises(Invalid):
            fallback.set_page(world.acme.id, url, PORTAL)
    assert fallback.of(world.acme.id) is None


def test_the_page_for_dead_links_is_set_and_taken_away_in_its_form(world):
    owner = world.as_("acme")
    assert 'href="/catalogs/dead-links"' in owner.get("/catalogs").text
    owner.post("/catalogs/dead-links", {"url": PAGE})
    assert fallback.of(world.acme.id) == PAGE and fallback.of(world.rival.id) is None
    refused = owner.post("/catalogs/dead-links", {"url": "http://x.example/"})
    assert refused.status_code == 422 and "https://" in refused.text
    assert world.as_("acme", "viewer").get("/catalogs/dead-links").status_code == 403
    owner.post("/catalogs/dead-links", {"url": ""})
    assert fallback.of(world.acme.id) is None


def test_a_link_that_is_named_on_its_page_is_seen_there_at_once(world, promotion):
    """For an anchor of the page that is shown a browser loads nothing anew, unless it is told to."""
    owner, place = world.as_("northwind"), f"/promotions/{UID}"

    def named(slug: str, shown: str):
        headers = {"HX-Current-URL": PORTAL + shown}
        sent = owner.post(f"{place}/links", {"slug": slug}, htmx=True, headers=headers).headers
        return sent["HX-Redirect"].endswith("#own-links"), sent.get("HX-Refresh")

    assert named("one", place) == named("two", f"{place}#codes") == (True, "true")
    assert named("three", f"{place}/links") == named("four", f"{place}?form=x") == (True, None)


def test_the_builder_takes_a_page_and_names_the_link_and_the_list_removes_it(client, world, promotion):
    owner, place = world.as_("northwind"), f"/promotions/{UID}"
    page = owner.get(f"{place}/link?page=shop.example/sale&subid=blog", htmx=True).text
    assert "/go/NRTHWND22?to=https%3A%2F%2Fshop.example%2Fsale&amp;subid=blog" in page
    wrong = owner.get(f"{place}/link?page=https://evil.example/", htmx=True).text
    assert (
        "Give an address under shop.example or winter.example:8443" in wrong
        and 'value="https://evil.example/"' in wrong
    )
    form = {"slug": "Blog-Sale", "page": "/sale", "subid": "blog", "landing": ""}
    taken = owner.post(f"{place}/links", {**form, "slug": "admin"}, htmx=True)
    assert taken.status_code == 422 and "means something else" in taken.text and 'value="/sale"' in taken.text
    assert owner.post(f"{place}/links", form).location == f"{place}#own-links"
    assert "/go/blog-sale" in owner.get(place).text and follow(client, "/go/blog-sale").startswith(
        "https://shop.example/sale?"
    )
    assert world.as_("northwind", "viewer").post(f"{place}/links", form).status_code == 403
    removal = f"{place}/links/blog-sale/removal"
    assert "sees that it leads nowhere" in owner.get(removal).text
    owner.post(removal)
    assert owner.get(removal).status_code == 404 and client.get("/go/blog-sale").status_code == 404
    assert Promotion.get(Promotion.uid == UID).state == "approved"
