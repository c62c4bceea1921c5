"""What every endpoint of the family does alike: addresses, lists, credentials, refusals, strangers."""

import re
from urllib.parse import urlsplit

import pytest

from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.identifiers import new_uuid
from tests.contract.promoters import promoted


@pytest.fixture
def addresses(shop):
    """Every address of the family, with the methods that it takes and the names of its things."""
    shop.report()
    return {
        "/catalog": ("GET", "POST"),
        "/category": ("GET",),
        f"/catalog/{shop.catalog['id']}": ("GET", "PUT", "PATCH"),
        "/offer": ("GET", "POST"),
        f"/offer/{shop.offer['id']}": ("GET", "PUT", "PATCH"),
        "/landing": ("GET", "POST"),
        f"/landing/{shop.landing['id']}": ("GET", "PUT", "PATCH", "DELETE"),
        "/deal": ("GET", "POST"),
        "/deal/order-1": ("GET", "PATCH"),
        "/promo/check_promo": ("GET",),
        "/promo/check_uuid": ("GET",),
    }


def test_a_trailing_slash_is_optional_for_every_method(api, addresses):
    for address, methods in addresses.items():
        for method in methods:
            body = None if method in ("GET", "DELETE") else {"nothing": "known"}
            bare, slashed = api(method, address, body), api(method, f"{address}/", body)
            if method == "DELETE":
                assert (bare.status, slashed.status, bare.raw) == (204, 404, b"")
                assert "Content-Type" not in bare.headers
            else:
                assert (bare.status, type(bare.body)) == (slashed.status, type(slashed.body))
                assert bare.status in (200, 400)


def test_head_answers_what_get_does_without_a_body(api, addresses):
    for address in addresses:
        got, head = api.get(address), api("HEAD", address)
        assert (head.status, head.raw) == (got.status, b"")
        assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_a_verb_that_an_address_does_not_take_is_told_which_it_takes(api, addresses):
    for address, methods in addresses.items():
        for method in {"POST", "PUT", "PATCH", "DELETE"} - set(methods):
            reply = api(method, address, {})
            assert (reply.status, reply.body["title"]) == (405, "Method not allowed")
            assert set(re.split(r",\s*", reply.headers["Allow"])) == {*methods, "HEAD", "OPTIONS"}


def test_options_tells_the_verbs_and_counts_like_any_request(api, addresses):
    for address, methods in addresses.items():
        reply = api("OPTIONS", address)
        assert (reply.status, reply.raw, "Content-Type" in reply.headers) == (200, b"", False)
        assert set(re.split(r",\s*", reply.headers["Allow"])) == {*methods, "HEAD", "OPTIONS"}
        assert reply.headers["RateLimit"].startswith('"token";')


@pytest.mark.parametrize("media", ["text/html", "application/xml", "*/*;q=0", ""])
def test_accept_is_never_refused_and_a_body_needs_no_content_type(api, shop, media):
    assert api.get("/catalog/", headers={"Accept": media}).headers["Content-Type"] == "application/json"
    said = shop.said(deal_id=f"with {media}")
    for sent in (
        {"Content-Type": media},
        {"Content-Type": "text/plain; charset=latin-1"},
        {"Content-Type": "multipart/form-data"},
    ):
        assert api.post("/deal/", said, headers={"Accept": media, **sent}).status == 200
    missing = api.get("/offer/nothing/", headers={"Accept": media})
    assert missing.headers["Content-Type"] == "application/problem+json"


def test_unknown_fields_and_parameters_are_ignored(api, shop):
    assert api.get("/deal/?page=2&foo=bar&status=").body == []
    assert api.post("/deal/", {**shop.said(), "id": 7, "extra": {"deep": [1]}}).status == 200


def problem(status: int, title: str, detail: str, code: str, **more) -> dict:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "error_code": code, **more}


def test_a_refusal_has_the_problem_shape(api, shop):
    reply = api.post("/catalog/", {"title": "Again", "catalog_code": "shop"})
    sentence, code = "You have another catalog with the code “shop”. Choose another code.", "catalog_code_taken"
    wrong = [{"field": "catalog_code", "message": sentence, "error_code": code}]
    assert reply.body == problem(400, "Bad request", sentence, code, errors=wrong)
    assert reply.headers["Content-Type"] == "application/problem+json"
    sentence = (
        "There is no such catalog here. Check what you asked for, and that the token is of the partner it belongs to."
    )
    assert api.get(f"/catalog/{new_uuid()}/").body == problem(404, "Not found", sentence, "not_found")
    sentence = "There is no such address. The list of endpoints is at /api/docs."
    assert api.get("/nothing/here/").body == problem(404, "Not found", sentence, "address_unknown")


def test_an_unknown_address_under_api_is_a_problem_with_or_without_a_token(client, api):
    for path in ("/api", "/api/", "/api/none", "/api/catalog/a/b/c", "/api//catalog/"):
        for headers in ({}, {"Authorization": api.token}):
            answer = client.get(path, headers=headers)
            assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), path


def test_no_token_is_a_401_that_says_which_scheme(client, addresses):
    for address, methods in addresses.items():
        for method in methods:
            answer = client.open(f"/api{address}/", method=method, data=b"{}")
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="partner portal"'


def test_a_strangers_thing_and_a_missing_one_answer_alike(api, stranger, shop):
    shop.report()
    uuid = new_uuid()
    for theirs, missing, methods in (
        (f"/catalog/{shop.catalog['id']}", f"/catalog/{uuid}", ("GET", "HEAD", "PUT", "PATCH")),
        (f"/catalog/{shop.catalog['catalog_id']}", "/catalog/22222", ("GET", "PATCH")),
        (f"/offer/{shop.offer['id']}", f"/offer/{uuid}", ("GET", "HEAD", "PUT", "PATCH")),
        (f"/landing/{shop.landing['id']}", "/landing/222222", ("GET", "HEAD", "PUT", "PATCH", "DELETE")),
        ("/deal/order-1", "/deal/order-2", ("GET", "HEAD", "PATCH")),
        (f"/deal/{shop.deal()['id']}", f"/deal/{uuid}", ("GET", "PATCH")),
        (f"/offer/?catalog_id={shop.catalog['id']}", f"/offer/?catalog_id={uuid}", ("GET",)),
        (f"/landing/?catalog_id={shop.catalog['catalog_id']}", "/landing/?catalog_id=22222", ("GET",)),
        ("/promo/check_promo/?code=Promo", "/promo/check_promo/?code=Nobody", ("GET",)),
        (
            f"/promo/check_promo/?code=Promo&catalog_id={shop.catalog['id']}",
            f"/promo/check_promo/?code=X&catalog_id={uuid}",
            ("GET",),
        ),
        ("/promo/check_uuid/?code=BDGSYEHVX", "/promo/check_uuid/?code=NOBODY222", ("GET",)),
        ("/deal/?deal_id=order-1", "/deal/?deal_id=order-2", ("GET",)),
        ("/deal/?catalog_code=shop", "/deal/?catalog_code=none", ("GET",)),
    ):
        for method in methods:
            body = (
                None
                if method in ("GET", "HEAD", "DELETE")
                else {"title": "Mine", "name": "Mine", "comment": "mine", "status": "Canceled"}
            )
            assert_alike(stranger(method, theirs, body), stranger(method, missing, body))
    for path, field in (("/offer/", "catalog_id"), ("/landing/", "catalog_id")):
        body = {"name": "N", "url": "http://a.example", "prices": [{"cost": 1, "currency": "USD"}], "reward_percent": 5}
        assert_alike(*(stranger.post(path, {**body, field: id}) for id in (shop.catalog["id"], uuid)))
    assert_alike(*(stranger.post("/deal/", shop.said(catalog_code=code)) for code in ("shop", "none")), "shop", "none")
    assert shop.deal()["status"] == "Created"


def assert_alike(theirs, missing, *names: str) -> None:
    def bare(reply):
        headers = {
            name: value
            for name, value in reply.headers.items()
            if not name.startswith(("RateLimit", "X-Request", "Date"))
        }
        return reply.status, re.sub("|".join(names).encode() or b"$^", b"", reply.raw), headers

    assert bare(theirs) == bare(missing)
    assert theirs.status in (200, 400, 404)


@pytest.fixture
def five(api, shop):
    """Five deals, 1 to 5, newest last; 2 and 4 are paid."""
    for number in range(1, 6):
        shop.report(deal_id=str(number), status="Created" if number % 2 else "Paid")
    return shop


def ids(reply) -> list[str]:
    return [deal["deal_id"] for deal in reply.body]


def followed(api, path: str) -> list[list[str]]:
    pages = []
    while path:
        reply = api.get(path)
        pages.append(ids(reply))
        link = re.fullmatch(r'<([^>]+)>; rel="next"', reply.headers.get("Link", ""))
        path = link and link[1].split("/api", 1)[1]
        assert len(pages) < 10
    return pages


def test_lists_are_newest_first_and_the_link_leads_to_the_next_page(api, five):
    assert [page for page in followed(api, "/deal/?limit=2") if page] == [["5", "4"], ["3", "2"], ["1"]]
    assert [page for page in followed(api, "/deal/?status=Created&limit=1&catalog_code=shop") if page] == [
        ["5"],
        ["3"],
        ["1"],
    ]
    link = api.get("/deal/?limit=2&status=Created").headers["Link"]
    parts = urlsplit(link[1 : link.index(">")])
    assert (parts.scheme, parts.netloc, parts.path) == ("http", "127.0.0.1:8000", "/api/deal/")
    assert "status=Created" in parts.query
    for last in ("/deal/", "/deal/?limit=5", "/deal/?limit=2&status=Paid", "/deal/?limit=1&deal_id=3"):
        assert "Link" not in api.get(last).headers, last


def test_every_list_pages_alike(api, shop, world):
    for number in range(4):
        catalog = api.made("/catalog/", {"title": f"{number}", "catalog_code": f"c-{number}"})
        two = [{"cost": 1, "currency": "USD"}, {"cost": 2, "currency": "RUB"}]
        api.made("/offer/", {"name": f"{number}", "catalog_id": shop.catalog["id"], "prices": two, "reward_percent": 5})
        api.made("/landing/", {"url": f"http://a.example/{number}", "catalog_id": shop.catalog["id"]})
    for path in (
        "/catalog/",
        "/offer/",
        "/landing/",
        f"/offer/?catalog_id={shop.catalog['catalog_id']}",
        f"/landing/?catalog_id={shop.catalog['id']}",
    ):
        whole, seen, next_page = api.get(path).body, [], f"{path}{'&' if '?' in path else '?'}limit=2"
        assert len(whole) == 5
        while next_page:
            reply = api.get(next_page)
            seen += reply.body
            assert len(reply.body) <= 2
            link = reply.headers.get("Link")
            next_page = link and link[1 : link.index(">")].split("/api", 1)[1]
        assert seen == whole
    assert api.get(f"/offer/?catalog_id={catalog['id']}").body == []


def test_every_listed_category_is_one_that_a_catalog_can_have(api):
    pages, next_page = [], "/category/?limit=7"
    while next_page:
        reply = api.get(next_page)
        pages += reply.body
        link = reply.headers.get("Link")
        next_page = link and link[1 : link.index(">")].split("/api", 1)[1]
    assert pages == api.get("/category/").body
    assert len(pages) > 7
    for number, category in enumerate(pages[:2]):
        for field in ("id", "name"):
            said = {"title": "T", "catalog_code": f"{number}-{field}", "category": category[field]}
            made = api.made("/catalog/", said)
            assert made["category"] == category["id"]
            assert api.get(f"/catalog/{made['id']}/").body["category"] == category["name"]


def test_page_sizes(api, five):
    for limit in ("1000", "200", "", "007", "9" * 20, "9" * 6000):
        assert len(api.get(f"/deal/?limit={limit}").body) == 5
    for limit in ("0", "000", "-1", "two", "1.5", "٣", "1e1"):
        assert api.get(f"/deal/?limit={limit}").fields == ["limit"]
    for cursor in ("x", "!!!", "LTk5OTk5OTk5OTk5OTk5OTk5OTk5", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00"):
        assert api.get(f"/deal/?cursor={cursor}").status == 400, cursor
    assert api.get("/deal/?cursor=MA").body == []


def test_deals_are_filtered_by_status_catalog_id_and_time(api, five):
    Deal.update(conversion_time=Deal.conversion_time - 86_400_000_000).where(Deal.deal_id << ["1", "2"]).execute()
    since = five.deal("3")["conversion_time"]
    for query, expected in (
        ("status=Paid", ["4", "2"]),
        ("status=Canceled", []),
        ("deal_id=3", ["3"]),
        ("catalog_code=shop&deal_id=3&status=Created", ["3"]),
        ("catalog_code=none", []),
        (f"created_since={since}", ["5", "4", "3"]),
        (f"created_since={since[:-1]}+00:00&status=Paid", ["4"]),
        (f"created_since={since[:-1]}", ["5", "4", "3"]),
        (f"created_since={since.lower()}", ["5", "4", "3"]),
        ("created_since=2001-01-01", ["5", "4", "3", "2", "1"]),
        ("created_since=9999-12-31T23:59:59-12:00", []),
        ("created_since=0001-01-01T00:00:00%2B14:00", ["5", "4", "3", "2", "1"]),
        ("status=&deal_id=&created_since=&catalog_code=", ["5", "4", "3", "2", "1"]),
    ):
        assert ids(api.get(f"/deal/?{query}")) == expected, query
    for query, field in (
        ("status=paid", "status"),
        ("created_since=yesterday", "created_since"),
        ("created_since=5", "created_since"),
        ("created_since=" + "1" * 4000, "created_since"),
    ):
        assert api.get(f"/deal/?{query}").fields == [field]


def test_a_promo_code_is_checked_without_regard_to_case_in_the_tokens_own_catalogs(api, shop):
    for query in (
        "code=promo",
        "code=PROMO",
        "code=%20Promo",
        f"code=Promo&catalog_id={shop.catalog['catalog_id'].lower()}",
        f"code=Promo&catalog_id={shop.catalog['id']}",
        "code=Promo&catalog_id=",
    ):
        assert api.get(f"/promo/check_promo/?{query}").body == {"percent_discounts": 5.0}, query
    for query in ("", "code=", "catalog_id=AAAAA"):
        assert api.get(f"/promo/check_promo/?{query}").fields == ["code"]
        assert api.get(f"/promo/check_uuid/?{query}").fields == ["code"]


def test_an_unusable_promo_code_is_a_404_that_says_which_check_failed(api, shop):
    other = api.made("/catalog/", {"title": "O", "catalog_code": "o"})
    address = f"/catalog/{shop.catalog['id']}/"

    def detail(query="code=Promo"):
        reply = api.get(f"/promo/check_promo/?{query}")
        return reply.status, reply.body["detail"].split(".")[0]

    assert detail("code=Nobody") == (404, "No promoter of yours has this code")
    assert detail(f"code=Promo&catalog_id={other['id']}") == (404, "This code belongs to another catalog")
    assert detail("code=Promo&catalog_id=?") == (404, "This code belongs to another catalog")
    api.patch(address, {"is_promocode_allowed": False})
    assert detail() == (404, "The catalog does not allow promo codes")
    api.patch(address, {"is_published": False})
    assert detail() == (404, "The catalog of this code is not published")
    api.patch(address, {"is_promocode_allowed": True, "is_published": True})
    PromoCode.update(ended_at=1).execute()
    assert detail() == (404, "This code was ended")
    shop.promotion.state = "ended"
    shop.promotion.save()
    assert detail() == (404, "The promoter of this code is not approved")


def test_a_uid_answers_its_standing_discount(api, shop, world):
    promoted(shop.catalog["id"], world.rival, uid="RIVALUID2", code=None, percent_discounts=750)
    assert api.get("/promo/check_uuid/?code=rivaluid2").body == {"percent_discounts": 7.5}
    assert api.get("/promo/check_uuid/?code=BDGSYEHVX").body == {"percent_discounts": 0.0}
    for code in ("SYEHFNBFHD", "x", "a b", "%C3%9F", "../..", "x" * 300):
        assert api.get(f"/promo/check_uuid/?code={code}").status == 404


@pytest.mark.parametrize("state", ["waiting", "refused", "ended"])
def test_the_uid_of_a_promoter_who_is_not_approved_is_unknown(api, shop, state):
    shop.promotion.state = state
    shop.promotion.save()
    assert api.get("/promo/check_uuid/?code=BDGSYEHVX").body == api.get("/promo/check_uuid/?code=NOBODY222").body
    assert api.get("/promo/check_uuid/?code=BDGSYEHVX").status == 404


def test_unpublishing_takes_the_catalog_out_of_reach_at_once(api, shop):
    api.patch(f"/catalog/{shop.catalog['id']}/", {"is_published": False})
    assert api.get("/promo/check_uuid/?code=BDGSYEHVX").status == 404
    assert api.get(f"/catalog/{shop.catalog['id']}/").body["is_published"] is False
    api.patch(f"/catalog/{shop.catalog['id']}/", {"is_published": True})
    assert api.get("/promo/check_uuid/?code=BDGSYEHVX").status == 200


@pytest.mark.parametrize("sent", ["7", "order 7/8 (second try)", "x" * 128])
def test_a_requests_own_id_is_answered(api, sent):
    assert api.get("/catalog/", headers={"X-Request-Id": sent}).headers["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["", " ", "x" * 129, "a\tb", "é"])
def test_a_request_without_a_usable_id_gets_one(api, sent):
    made = api.get("/catalog/", headers={"X-Request-Id": sent}).headers["X-Request-Id"]
    assert re.fullmatch("[0-9a-f]{16}", made)
