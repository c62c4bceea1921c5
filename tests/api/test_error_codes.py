"""Each refusal has a code that stays the same: all are listed once, come over the wire with the sentence that is shown as
their sample, and stand in the reference."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.api import credentials
from portal.api.codes import every
from portal.cards.examples import COMPANY_CREATE
from portal.domain.accounts.tables import ClientToken, Partner
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.affiliate.deals import moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.promotions.tables import PromoCode
from portal.domain.cards.cards import cards
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies import companies
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.identifiers import new_uuid
from portal.domain.members.tables import Member
from portal.domain.offers import catalogs
from tests.contract.caller import Caller
from tests.support import loyalty

pytestmark = pytest.mark.engine("sqlite")  # What is said is the same on both.

# What only a fault, a race, a limit that is spent, or a family that is not there yet answers; `tests/faults`, `tests/races`
# and the tests of limits, of the small family and of the feed of events see them.
ELSEWHERE = {"internal_error", "unavailable", "conflict", "idempotency_key_running", "rate_limited", "request_unreadable",
    "refused", "forbidden", "cursor_too_old"}  # fmt: skip
PRICE = {"cost": 1, "currency": "USD"}


class Heard:
    """Every code that was answered, with the sentences that it came with."""

    def __init__(self):
        self.sentences: dict[str, set[str]] = {}

    def __call__(self, reply) -> None:
        body = reply.body
        assert reply.status >= 400, body
        told = body.get("error") or body  # the cards family has it in its envelope
        self.sentences.setdefault(told["error_code"], set()).add(told.get("detail") or told["message"])
        assert every()[told["error_code"]].status == reply.status
        for wrong in told.get("errors", told.get("details", ())):
            self.sentences.setdefault(wrong["error_code"], set()).add(wrong["message"])


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_no_two_codes_have_a_name_a_sample_or_a_mend_in_common():
    listed = list(every().values())
    assert len(listed) > 50
    for part in ("name", "sample"):
        assert len({getattr(code, part) for code in listed}) == len(listed), part
    for code in listed:
        assert code.name.replace("_", "").isalpha() and code.name.islower()
        assert code.sample.endswith(".") and code.mend.endswith("."), code


def test_every_code_comes_over_the_wire_as_its_sample_shows(client, world, api, shop, heard):
    _provoke_tokens(client, world, heard)
    _provoke_requests(api, heard)
    _provoke_catalogs(api, shop, heard)
    _provoke_offers(api, heard)
    _provoke_deals(api, shop, heard)
    _provoke_promo_codes(api, shop, heard)
    _provoke_card_templates(api, world, heard)
    _provoke_cards(api, world, heard)
    _provoke_customers(api, heard)
    _provoke_companies(api, client, world, heard)
    assert heard.sentences.keys() | ELSEWHERE == every().keys()
    for name, sentences in heard.sentences.items():
        assert every()[name].sample in sentences, (name, sorted(sentences)[:5])


def _provoke_tokens(client, world, heard):
    lacking = tokens.make(world.acme.partner, "Few", ["Affiliate:Deals:Read"])[1]
    heard(Caller(client, lacking).post("/deal/", {}))
    for token in (None, "rubbish"):
        heard(Caller(client, token).get("/deal/"))
    heard(Caller(client, lacking).get("/deal/", headers={"X-API-Key": "another"}))
    expired, secret = tokens.make(world.acme.partner, "Old", list(PERMITS), expires_at=clock.now() + timedelta(hours=1))
    ClientToken.update(expires_at=1).where(ClientToken.id == expired.id).execute()
    heard(Caller(client, secret).get("/deal/"))
    for column, value in ((Partner.confirmed_at, None), (Partner.disabled_at, 1)):
        Partner.update({column: value}).where(Partner.id == world.rival.id).execute()
        credentials._cache.clear()
        heard(Caller(client, world.rival.token).get("/deal/"))


def _provoke_requests(api, heard):
    heard(api.get("/none/"))
    heard(api.delete("/deal/"))
    deep = b'{"a":' + b"[" * 40 + b"]" * 40 + b"}"
    for body in (b"{", b"[]", deep, b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": "\\u0000"}', b" " * ((1 << 20) + 1)):
        heard(api.post("/deal/", body))
    heard(api.post("/deal/", {}, headers={"Idempotency-Key": "x" * 256}))
    for title in ("Once", "Twice"):
        reply = api.post("/catalog/", {"title": title, "catalog_code": "key"}, headers={"Idempotency-Key": "k"})
    heard(reply)
    heard(api.get("/deal/?cursor=!"))
    heard(api.get(f"/catalog/{new_uuid()}/"))


def _provoke_customers(api, heard):
    mia = {"firstName": "Mia", "externalUserId": "7"}
    created = api.made("/v2/customers", mia)["data"]
    Member.update(uuid="7a1d5f0e-6b1c-4f0a-9a55-3d6d3c1f2b40").where(Member.uuid == created["id"]).execute()
    heard(api.post("/v2/customers", mia))
    noah, key = {"firstName": "Noah", "email": "noah@example.com"}, {"headers": {"Idempotency-Key": "noah"}}
    made = api.post("/v2/customers", noah, **key).body["data"]
    api.delete(f"/v2/customers/{made['id']}")
    heard(api.post("/v2/customers", noah, **key))


def _provoke_companies(api, client, world, heard):
    roomy, small = loyalty.tariff(world.acme), loyalty.tariff(world.acme, name="Small", templates=0)
    made = api.made("/v2/companies", {**COMPANY_CREATE, "tariffId": roomy.id})["data"]
    heard(api.post("/v2/companies", {**COMPANY_CREATE, "tariffId": roomy.id}))
    card = loyalty.card(companies.find(world.acme.id, made["id"]).partner)
    heard(api.delete(f"/v2/companies/{made['id']}"))
    heard(api.post(f"/v2/companies/{made['id']}/change-tariff", {"tariffId": small.id, "tariffPeriod": "year"}))
    Tariff.update(push=False).where(Tariff.id == roomy.id).execute()
    company, pushed = Caller(client, made["apiKey"]), {"message": "Hello", "templateId": card.template_id}
    heard(company.post("/v2/pushes", pushed))
    Company.update(expires_at=datetime(2025, 10, 31, 12, tzinfo=UTC)).where(Company.partner == made["id"]).execute()
    heard(company.post(f"/v2/cards/{card.serial}/add-stamp", {"stamps": 1}))


def _provoke_catalogs(api, shop, heard):
    address = f"/catalog/{shop.catalog['id']}/"
    heard(api.post("/catalog/", {"title": "Again", "catalog_code": "shop"}))
    heard(api.post("/catalog/", {"catalog_code": "new"}))
    for wrong in (
        {"is_published": 1}, {"title": "x" * 256}, {"rules": ["x"] * 101}, {"catalog_code": "a\u0007b"}, {"devices": "Phone"},
        {"cookies_storage_days": 0}, {"icon": "icon.png"}, {"hold_duration": "30"}, {"category": "None"},
        {"min_promo_code_percent": 5, "max_promo_code_percent": 4}, {"reward_percent": "5.555"},
    ):  # fmt: skip
        heard(api.patch(address, wrong))
    archived = api.made("/catalog/", {"title": "Away", "catalog_code": "away"})
    catalogs.archive(catalogs.find(api_partner(api), archived["id"]))
    heard(api.patch(f"/catalog/{archived['id']}/", {"is_published": True}))
    heard(api.post("/landing/", {"url": "https://a.example", "catalog_id": "AAAAA"}))


def _provoke_offers(api, heard):
    catalog = api.made("/catalog/", {"title": "Bare", "catalog_code": "bare"})
    address, of_catalog = f"/catalog/{catalog['id']}/", {"catalog_id": catalog["id"], "prices": [PRICE]}
    heard(api.post("/offer/", {"name": "Plan", **of_catalog}))
    api.patch(address, {"reward_percent": 5})
    api.made("/offer/", {"name": "Plan", **of_catalog})
    heard(api.patch(address, {"reward_percent": None}))
    for more in (
        {}, {"prices": []}, {"prices": [PRICE, PRICE]}, {"reward_percent": 5, "fix_remuneration": 5},
        {"prices": [PRICE, PRICE | {"currency": "RUB"}], "fix_remuneration": 5}, {"prices": [PRICE | {"currency": "XXX"}]},
        {"prices": [PRICE | {"cost": 1.001}]}, {"prices": [PRICE | {"cost": 10**11}]},
    ):  # fmt: skip
        heard(api.post("/offer/", {"name": "Plan", **of_catalog, **more}))
    fixed = api.made("/offer/", {"name": "Fixed", **of_catalog, "fix_remuneration": 1})
    heard(api.patch(f"/offer/{fixed['id']}/", {"prices": [PRICE | {"currency": "RUB"}]}))


def _provoke_deals(api, shop, heard):
    for said in ({"status": "Canceled"}, {"catalog_code": "none"}, {"offer": "None"}, {"currency": "RUB"}):
        heard(shop.report(**said))
    shop.report(status="Paid")
    heard(shop.report(status="Paid", cost=99))
    heard(api.patch("/deal/order-1/", {"status": "Created"}))
    heard(api.post("/deal/order-1/refunds/", {"amount": 1}))
    Deal.update(due_at=1).execute()
    moves.settle_due()
    heard(api.patch("/deal/order-1/", {"cost": 5}))
    api.patch("/deal/order-1/", {"status": "Canceled"})
    heard(api.patch("/deal/order-1/", {"status": "Paid"}))


def _provoke_promo_codes(api, shop, heard):
    address, other = f"/catalog/{shop.catalog['id']}/", api.made("/catalog/", {"title": "O", "catalog_code": "other"})
    for query in ("code=Nobody", f"code=Promo&catalog_id={other['id']}"):
        heard(api.get(f"/promo/check_promo/?{query}"))
    for changed in ({"is_promocode_allowed": False}, {"is_published": False}):
        api.patch(address, changed)
        heard(api.get("/promo/check_promo/?code=Promo"))
    api.patch(address, {"is_promocode_allowed": True, "is_published": True})
    for state in ({"uses_limit": 1, "uses": 1}, {"ends_at": 1}, {"ended_at": 1}):
        PromoCode.update(**state).execute()
        heard(api.get("/promo/check_promo/?code=Promo"))
    coupon = api.made("/coupons", {"name": "Off", "type": "Comp", "code": "switched-off"})
    api.patch(f"/coupons/{coupon['id']}", {"active": False})
    heard(api.get("/promo/check_promo/?code=switched-off"))
    shop.promotion.state = "ended"
    shop.promotion.save()
    heard(api.get("/promo/check_promo/?code=Promo"))


def _provoke_card_templates(api, world, heard):
    tiers = "/v2/templates/{}/reward_tiers"
    points, tier = loyalty.template(world.acme, 7), {"name": "Coffee", "type": 0, "value": 1, "threshold": 1}
    heard(api.post(tiers.format(loyalty.template(world.acme).id), tier))
    made = api.post(tiers.format(points.id), tier).body["data"]
    for name in ("Mia", "Omar"):
        cards.issue(world.acme.id, loyalty.customer(world.acme, name).id, points.id)
    Card.update(bonus=1).where(Card.template == points).execute()
    heard(api.delete(f"{tiers.format(points.id)}/{made['id']}"))


def _provoke_cards(api, world, heard):
    cashback, coupon, points = (loyalty.card(world.acme, kind) for kind in (1, 3, 7))
    coffee = loyalty.template(world.acme, name="Coffee")
    stamps = cards.issue(world.acme.id, loyalty.customer(world.acme).id, coffee.id, serial="939829-317-169")
    heard(api.post("/v2/cards", {"customerId": stamps.member.uuid, "templateId": stamps.template_id}))
    heard(api.post(f"/v2/cards/{cashback.serial}/add-stamp", {"stamps": 1}))
    heard(api.post(f"/v2/cards/{stamps.serial}/subtract-stamp", {"stamps": 5}))
    api.post(f"/v2/cards/{coupon.serial}/redeem-coupon", {})
    heard(api.post(f"/v2/cards/{coupon.serial}/redeem-coupon", {}))
    least = loyalty.card(world.acme, 1, least_purchase=1000)
    heard(api.post(f"/v2/cards/{least.serial}/add-transaction-amount", {"amount": 5}))
    _provoke_rewards(api, points, heard)
    api.post(f"/v2/cards/{least.serial}/set-expiration-date", {"expiresAt": "2025-12-31T00:00:00+00:00"})
    heard(api.post(f"/v2/cards/{least.serial}/add-point", {"points": 1}))
    _provoke_pushes(api, stamps, loyalty.template(world.acme, name="Lunch"), heard)
    api.delete(f"/v2/cards/{stamps.serial}")
    heard(api.post(f"/v2/cards/{stamps.serial}/add-stamp", {"stamps": 1}))


def _provoke_pushes(api, card, other, heard):
    heard(api.post("/v2/pushes", {"message": "Hello", "templateId": other.id, "cardId": card.serial}))
    made = api.post("/v2/pushes", {"message": "Hello", "templateId": card.template_id}).body["data"]
    for _ in range(2):
        reply = api.delete(f"/v2/pushes/{made['id']}")
    heard(reply)


def _provoke_rewards(api, points, heard):
    tiers = f"/v2/templates/{points.template_id}/reward_tiers"
    coffee = api.made(tiers, {"name": "Coffee", "type": 0, "value": 1, "threshold": 1, "usageLimit": 1})["data"]
    api.made(tiers, {"name": "Cake", "type": 0, "value": 1, "threshold": 2})
    api.post(f"/v2/cards/{points.serial}/add-scores", {"scores": 9})
    heard(api.post(f"/v2/cards/{points.serial}/receive-reward", {}))
    api.post(f"/v2/cards/{points.serial}/receive-reward", {"id": coffee["id"]})
    heard(api.post(f"/v2/cards/{points.serial}/receive-reward", {"id": coffee["id"]}))


def api_partner(api) -> int:
    return tokens.find(api.token).partner_id
