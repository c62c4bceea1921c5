"""Coupons over JSON: the documented samples, both levels of tokens, every status and its shape (contract: coupons)."""

import pytest

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS, WITH_COMPANIES
from portal.domain.coupons.coupons.tables import COMP, RESERVED, Coupon
from portal.domain.verify import faults
from tests.contract.caller import Caller
from tests.support import desk, loyalty

SAMPLE = [
    {
        "id": 1,
        "name": "My Coupon",
        "type": "Discount",
        "code": "my-code",
        "amount": 10,
        "amount_type": "percentage",
        "modified_time": 1719827944,
    },
    {"id": 2, "name": "Reserved Coupon", "type": "Reserved", "code": "reserved-1", "modified_time": 1719827011},
]
UNAUTHORIZED = {"errors": [{"status": "401", "detail": "Unauthorized"}]}
FORBIDDEN = {"errors": [{"status": "403", "detail": "Forbidden"}]}
MADE = {
    "currency": None, "threshold": None, "budget": None, "customer_limit": None, "minimum_tickets": None, "opens": False,
    "combinable": True, "rank": 0, "customer_id": None, "tags": [], "active": True,
}  # fmt: skip
CREATE = {"name": "My Coupon", "type": "Discount", "code": "my-code", "amount": 10, "amount_type": "percentage"}


@pytest.fixture
def api(client, world):
    """Acme's integrator, as the documented system's clients send their token."""
    yield Tokened(client, world.acme.token)
    assert faults() == []


@pytest.fixture
def parent(client, world):
    """Northwind's, which has companies."""
    yield Tokened(client, world.northwind.token)
    assert faults() == []


class Tokened(Caller):
    def __call__(self, method, path, body=None, headers=None):
        mine, self.token = self.token, None
        try:
            return super().__call__(method, path, body, {"X-API-Token": mine, **(headers or {})})
        finally:
            self.token = mine


def sampled(party) -> list[dict]:
    """The coupons of the sample; the answer with the ids that they have here."""
    kept = []
    for shown in SAMPLE:
        kind = RESERVED if shown["type"] == "Reserved" else 2
        made = desk.coupon(party, kind, name=shown["name"], code=shown["code"])
        moment = clock.from_micros(shown["modified_time"] * 1_000_000 + 999_999)
        Coupon.update(modified_at=moment).where(Coupon.id == made.id).execute()
        kept.append(shown | {"id": made.id})
    return kept


def refused(reply, status: int, *details: str) -> bool:
    """Whether this is the documented shape of a refusal by GET: a status as text, a list of details at 400."""
    (error,) = reply.body["errors"]
    assert (reply.status, error["status"], reply.headers["Content-Type"]) == (status, str(status), "application/json")
    said = error["detail"]
    assert isinstance(said, list if status == 400 else str)
    return all(detail in str(said) for detail in details)


def test_the_sample_of_a_list_is_answered_whole(api, world):
    listed = sampled(world.acme)
    for path in (
        "/coupons",
        "/coupons/",
        "/coupons?page=1",
        f"/coupons?sellerId={world.acme.id}",
        "/coupons?sellerId=&page=",
    ):
        reply = api.get(path)
        assert (reply.status, reply.body) == (200, listed)
    assert api.get("/coupons?page=2").body == []


def test_the_sample_of_one_is_answered_whole_with_its_offers(api, world):
    listed = sampled(world.acme)
    for shown in listed:
        assert api.get(f"/coupons/{shown['id']}").body == shown | {"offers": []}
    event = desk.event(world.acme)
    level = desk.level(event)
    bundle = desk.bundle(level)
    coupon = desk.coupon(world.acme, COMP)
    terms = {
        "start": "2026-06-01 10:00:00",
        "end": "2026-06-30",
        "timezone": "Europe/Vienna",
        "limit": 7,
        "ticket_limit": 3,
    }
    one = desk.assigned(
        coupon, event_ids=[event.id], price_level_ids=[level.id], bundle_ids=[bundle.id], taggable=True, **terms
    )
    other = desk.assigned(coupon)
    assert api.get(f"/coupons/{coupon.id}").body["offers"] == [
        {
            "id": one.offers.get().id, "timezone": "Europe/Vienna", "start_date": "2026-06-01 10:00:00", "end_date": "2026-06-30",
            "limit": 7, "ticket_limit": 3, "taggable": True, "global": False,
            "assignments": [
                {"sellers": [world.acme.id], "events": [event.id], "price_levels": [level.id], "bundles": [bundle.id]}
            ],
        },
        {
            "id": other.offers.get().id, "timezone": "UTC", "start_date": "2020-01-01", "end_date": "2040-12-31",
            "limit": 100, "ticket_limit": 0, "taggable": False, "global": True,
            "assignments": [{"sellers": [world.acme.id], "events": [], "price_levels": [], "bundles": []}],
        },
    ]  # fmt: skip


def test_a_page_has_two_hundred_by_their_ids(api, world):
    first = desk.coupon(world.acme)
    row = {name: value for name, value in first.__data__.items() if name != "id"}
    Coupon.insert_many([{**row, "code": f"X{number}", "written": f"X{number}"} for number in range(200)]).execute()
    pages = [api.get(f"/coupons?page={number}").body for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [200, 1, 0]
    ids = [shown["id"] for page in pages for shown in page]
    assert ids == sorted(ids) and ids[0] == first.id


@pytest.mark.parametrize(
    ("since", "number"), [(1719827944, 1), (1719827945, 0), (1719827011, 2), (0, 2), ("", 2), (10**30, 0)]
)
def test_what_changed_since_a_second_includes_that_second(api, world, since, number):
    sampled(world.acme)
    since = since if since != 10**30 else 9_000_000_000_000
    assert len(api.get(f"/coupons?modifiedSince={since}").body) == number


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "modifiedSince=soon", "modifiedSince=-1", "sellerId=x"]
)
def test_a_query_that_is_none_is_a_400_with_a_list_of_details(api, query):
    assert refused(api.get(f"/coupons?{query}"), 400, query.partition("=")[0])


def test_a_parents_token_names_the_seller(parent, world):
    listed = sampled(world.north)
    assert refused(parent.get("/coupons"), 400, "sellerId")
    assert parent.get(f"/coupons?sellerId={world.north.id}").body == listed
    assert parent.get(f"/coupons?sellerId={world.wind.id}").body == []
    assert parent.get(f"/coupons?sellerId={world.northwind.id}").body == []
    for foreign in (world.acme.id, 10**9, 2**63 - 1):
        reply = parent.get(f"/coupons?sellerId={foreign}")
        assert refused(reply, 403) and reply.body == FORBIDDEN
    assert parent.get(f"/coupons/{listed[0]['id']}").body["code"] == "my-code"


def test_a_companys_token_is_of_itself_alone(client, world):
    api = Tokened(client, world.north.token)
    listed = sampled(world.north)
    assert api.get("/coupons").body == api.get(f"/coupons?sellerId={world.north.id}").body == listed
    for foreign in (world.northwind.id, world.wind.id, 10**9):
        assert api.get(f"/coupons?sellerId={foreign}").body == FORBIDDEN
        assert api.post("/coupons", CREATE | {"sellerId": foreign, "code": "other"}).body == FORBIDDEN


def test_a_company_that_is_kept_out_is_out_of_reach(parent, world):
    coupon = desk.coupon(world.north)
    Partner.update(disabled_at=clock.now()).where(Partner.id == world.north.id).execute()
    assert parent.get(f"/coupons?sellerId={world.north.id}").status == 403
    assert parent.get(f"/coupons/{coupon.id}").status == 403


def test_in_test_mode_a_parent_reaches_its_companies_test_modes(client, world):
    twin, company = world.northwind.twin(), world.north.twin()
    token = tokens.make(twin.partner, "All", list(PERMITS), reach=WITH_COMPANIES)[1]
    with_companies = Tokened(client, token)
    coupon = desk.coupon(company)
    assert [shown["id"] for shown in with_companies.get(f"/coupons?sellerId={company.id}").body] == [coupon.id]
    assert with_companies.get(f"/coupons?sellerId={world.north.id}").status == 403


def test_one_out_of_reach_is_forbidden_whether_it_is_there_or_not(api, world):
    foreign = desk.coupon(world.rival)
    for number in (foreign.id, 10**9, "x", 10**30):
        reply = api.get(f"/coupons/{number}")
        assert refused(reply, 403) and reply.body == FORBIDDEN
        assert refused(api.patch(f"/coupons/{number}", {"name": "Mine"}), 404, "There is no such coupon")


def test_without_a_token_that_works_it_is_unauthorized(client):
    for caller in (Caller(client, None), Tokened(client, "rubbish")):
        for path in ("/coupons", "/coupons/1", "/ticketed-events"):
            reply = caller.get(path)
            assert (reply.status, reply.body) == (401, UNAUTHORIZED) and reply.headers["WWW-Authenticate"]


def test_a_coupon_is_made_and_answered_with_what_was_sent(api, world):
    reply = api.post("/coupons", CREATE | {"more": 1, "currency": ""})
    assert reply.status == 201
    made = reply.body
    assert made == CREATE | MADE | {"id": made["id"], "modified_time": made["modified_time"], "sellerId": world.acme.id}
    mia = loyalty.customer(world.acme)
    sent = {
        "name": "All", "type": "Auto", "code": "all-1", "amount": "500", "amount_type": "fixed", "currency": "EUR",
        "threshold": "2000", "budget": 9000, "customer_limit": 1, "minimum_tickets": 2, "opens": True, "combinable": False,
        "rank": 3, "customer_id": mia.uuid, "tags": ["Radio"], "active": False, "sellerId": str(world.acme.id),
    }  # fmt: skip
    reply = api.post("/coupons", sent)
    assert reply.status == 201
    numbers = {"amount": 500, "threshold": 2000, "sellerId": world.acme.id}
    assert {name: reply.body[name] for name in sent} == sent | numbers


@pytest.mark.parametrize(
    ("sent", "word", "amount"),
    [
        ({"type": "Discount", "amount": 12.5, "amount_type": "percentage"}, "Discount", 12.5),
        ({"type": "discount", "amount": "12.50", "amount_type": "percentage"}, "Discount", 12.5),
        ({"type": "Auto", "amount": 1000, "amount_type": "fixed", "currency": "USD"}, "Auto", 1000),
        ({"type": "Auto", "amount": 10, "amount_type": "percentage", "threshold": 2000}, "Auto", 10),
        ({"type": "Reserve"}, "Reserved", None),
        ({"type": "Reserved", "amount": None, "amount_type": ""}, "Reserved", None),
        ({"type": "Presale"}, "Presale", None),
        ({"type": "Comp"}, "Comp", None),
        ({"type": "Invite"}, "Invite", None),
        ({"type": "Access"}, "Access", None),
    ],
)
def test_each_type_is_made_and_those_without_an_amount_omit_both_keys(api, sent, word, amount):
    made = api.made("/coupons", {"name": "Any", "code": 12345, **sent})
    shown = api.get(f"/coupons/{made['id']}").body
    keys = {"amount": amount, "amount_type": sent["amount_type"]} if amount is not None else {}
    keys |= {"currency": "USD"} if sent.get("amount_type") == "fixed" else {}
    assert shown == {"id": made["id"], "name": "Any", "type": word, "code": "12345", **keys,
        "modified_time": made["modified_time"], "offers": []}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "name"),
        ({"name": ...}, "name"),
        ({"code": "abc"}, "code"),
        ({"code": "äpfel"}, "code"),
        ({"code": None}, "code"),
        ({"type": "Voucher"}, "type"),
        ({"type": 2}, "type"),
        ({"amount": ...}, "amount"),
        ({"amount": 0}, "amount"),
        ({"amount": 101}, "amount"),
        ({"amount": 1.234}, "amount"),
        ({"amount": [10]}, "amount"),
        ({"amount": float("1e300"), "amount_type": "fixed", "currency": "EUR"}, "amount"),
        ({"amount_type": "part"}, "amount_type"),
        ({"amount_type": "fixed"}, "currency"),
        ({"amount_type": "fixed", "currency": "EURO"}, "currency"),
        ({"threshold": 5}, "threshold"),
        ({"budget": 0}, "budget"),
        ({"budget": 9000}, "currency"),
        ({"budget": 10**18}, "budget"),
        ({"customer_id": "b3a0d6a4-0000-4000-8000-000000000000"}, "customer_id"),
        ({"tags": "Radio"}, "tags"),
        ({"active": "no"}, "active"),
        ({"sellerId": "x"}, "sellerId"),
    ],
)
def test_what_makes_no_coupon_is_a_400_that_names_what_is_wrong(api, wrong, said):
    sent = {name: value for name, value in (CREATE | wrong).items() if value is not ...}
    reply = api.post("/coupons", sent)
    assert refused(reply, 400) and reply.body["errors"][0]["detail"][0].startswith(f"{said}: ")
    assert api.get("/coupons").body == []


def test_every_wrong_field_is_told_at_once(api):
    reply = api.post("/coupons", CREATE | {"name": " ", "code": "x"})
    assert [said.partition(":")[0] for said in reply.body["errors"][0]["detail"]] == ["name", "code"]


@pytest.mark.parametrize("again", ["MY-CODE", " my-code ", "my‐code"])
def test_a_code_of_another_case_is_the_same_one(api, again):
    api.made("/coupons", CREATE)
    assert refused(api.post("/coupons", CREATE | {"code": again}), 400, "code: ")
    assert len(api.get("/coupons").body) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"name": 1, "name": 2}', b'{"name": "\\u0000"}', b'"x"'])
def test_a_malformed_body_is_a_400_in_the_familys_shape(api, body):
    assert refused(api.post("/coupons", body), 400)


def test_a_body_that_is_too_large_is_a_413_in_the_familys_shape(api):
    assert refused(api.post("/coupons", b" " * ((1 << 20) + 1)), 413)


def test_a_parents_token_makes_coupons_of_the_seller_that_it_names(parent, world):
    assert refused(parent.post("/coupons", CREATE), 400, "sellerId")
    made = parent.made("/coupons", CREATE | {"sellerId": world.north.id})
    assert made["sellerId"] == world.north.id
    assert parent.made(f"/coupons?sellerId={world.wind.id}", CREATE)["sellerId"] == world.wind.id
    for foreign in (world.acme.id, 10**9):
        assert parent.post("/coupons", CREATE | {"sellerId": foreign}).body == FORBIDDEN
    changed = parent.patch(f"/coupons/{made['id']}", {"name": "Theirs"})
    assert (changed.status, changed.body["name"]) == (200, "Theirs")


def test_a_change_sets_what_is_sent_null_clears_and_empty_leaves(api):
    made = api.made("/coupons", CREATE | {"budget": 500, "currency": "EUR", "minimum_tickets": 2, "tags": ["Radio"]})
    address = f"/coupons/{made['id']}"
    reply = api.patch(address, {"name": "", "amount": 12.5, "budget": None, "tags": None, "combinable": False})
    assert reply.status == 200
    assert reply.body == made | {"amount": 12.5, "budget": None, "tags": [], "combinable": False,
        "modified_time": reply.body["modified_time"]}  # fmt: skip
    cleared = {"type": "Comp", "amount": None, "amount_type": None}
    assert "amount" not in api.patch(address, cleared).body
    for wrong in ({"name": None}, {"amount": 5}, {"code": "x"}, {"code": None}, {"type": None}, {"rank": 5000}):
        assert refused(api.patch(address, wrong), 400, f"{next(iter(wrong))}: ")


def test_a_coupon_is_switched_off_and_on_by_a_change(api):
    made = api.made("/coupons", CREATE)
    for active in (False, False, True):
        assert api.patch(f"/coupons/{made['id']}", {"active": active}).body["active"] is active


def test_a_repeat_under_its_key_makes_nothing(api):
    first, again = (api.post("/coupons", CREATE, headers={"Idempotency-Key": "once"}) for _ in range(2))
    assert first.body == again.body and again.headers["Idempotent-Replayed"] == "true"
    assert len(api.get("/coupons").body) == 1
