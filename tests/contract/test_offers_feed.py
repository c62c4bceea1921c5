"""The offers feed (contract: offers-feed)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from portal import clock
from portal.cards.examples import COMPANY_CREATE
from portal.domain.accounts.partners import profile
from portal.domain.affiliate.catalogs import terms
from portal.domain.cards.companies import companies
from portal.domain.coupons.batches.tables import CouponBatch
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.coupons.mailings import mailings
from portal.domain.coupons.mailings.tables import MailedCoupon
from portal.domain.errors import Invalid
from portal.domain.feed import listings, state
from portal.domain.feed.ties import pools
from portal.domain.feed.ties.tables import DrawnCode
from portal.domain.offers import catalogs
from portal.domain.verify import faults
from tests.contract.caller import Caller
from tests.contract.promoters import promoted
from tests.support import feeding, loyalty

FEED = "/campaigns/offers"
KEYS = [
    "id", "partner", "partnerLogo", "ageRestricted", "terms", "title", "description", "image", "squareImage",
    "offerInfoButtonDiscount", "offerInfoButtonDescription", "offerDiscountCode", "offerDiscountCodeType", "hasMultipleCodes",
]  # fmt: skip


@pytest.fixture(autouse=True)
def sound(engine):
    yield
    assert faults() == []


@pytest.fixture
def wall(monkeypatch):
    """Sets the wall's clock, which then stands still."""
    return lambda at: monkeypatch.setattr(clock, "wall_micros", lambda: clock.to_micros(at))


def ids(reply) -> list[str]:
    assert reply.status == 200, reply.body
    return [offer["id"] for offer in reply.body]


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def since(at: datetime, removed: bool = False) -> str:
    return f"{FEED}?{changes(at)}" + ("&include_removed=true" if removed else "")


def changes(at: datetime) -> str:
    return f"updated_since={moment(at)}"


def follow(reply) -> str:
    link = urlsplit(reply.headers["Link"].partition(">")[0].removeprefix("<"))
    return f"{link.path.removeprefix('/api')}?{link.query}"


def test_an_offer_has_the_fourteen_keys_and_what_it_lacks_is_null(api, world):
    offer, _ = feeding.listed(
        world.acme, title="A fifth off", terms="Once", image="https://cdn.example/a.jpg", button_discount="20%",
        button_description="Copy it", code_type="copyPaste", code="FIFTH",
    )  # fmt: skip
    bare, _ = feeding.listed(world.acme)
    told = api.get(FEED).body
    assert told[0] == {
        "id": offer.uuid, "partner": "Acme", "partnerLogo": None, "ageRestricted": False, "terms": "Once", "title": "A fifth off",
        "description": None, "image": "https://cdn.example/a.jpg", "squareImage": None, "offerInfoButtonDiscount": "20%",
        "offerInfoButtonDescription": "Copy it", "offerDiscountCode": "FIFTH", "offerDiscountCodeType": "copyPaste",
        "hasMultipleCodes": False,
    }  # fmt: skip
    assert [list(one) for one in told] == [KEYS, KEYS]
    assert (told[1]["id"], told[1]["title"], told[1]["terms"]) == (bare.uuid, bare.name, None)


def test_a_listing_without_a_picture_of_its_own_shows_the_first_of_the_offer(api, world):
    offer, _ = feeding.listed(world.acme)
    terms.change(offer, {"images": ["https://cdn.example/a.jpg", "https://cdn.example/b.jpg"]})
    assert api.get(FEED).body[0]["image"] == "https://cdn.example/a.jpg"
    listings.put(offer, {"image": "https://cdn.example/own.jpg"})
    assert api.get(FEED).body[0]["image"] == "https://cdn.example/own.jpg"


def test_the_feed_has_live_offers_alone(api, world):
    ahead, past = clock.now() + timedelta(hours=1), clock.now() - timedelta(hours=1)
    live, _ = feeding.listed(world.acme, starts_at=past, ends_at=ahead)
    feeding.listed(world.acme, starts_at=ahead)
    feeding.listed(world.acme, ends_at=past)
    switched_off, _ = feeding.listed(world.acme)
    terms.change(switched_off, {"is_active": False})
    unpublished = feeding.catalog(world.acme)
    feeding.listed(world.acme, unpublished)
    catalogs.change(unpublished, {"is_published": False})
    gone, _ = feeding.listed(world.acme)
    listings.remove(gone)
    feeding.listed(world.rival)
    feeding.offer(world.acme)
    assert ids(api.get(FEED)) == [live.uuid]


def test_a_campaign_is_a_catalog_by_its_id_or_short_code_and_an_unknown_one_is_404(api, stranger, world):
    shop = feeding.catalog(world.acme)
    offer, _ = feeding.listed(world.acme, shop)
    feeding.listed(world.acme)
    assert ids(api.get(f"{FEED}?campaign_id={shop.uuid}")) == [offer.uuid]
    assert ids(api.get(f"{FEED}?campaign_id={shop.short_code.lower()}")) == [offer.uuid]
    assert api.get(f"{FEED}?campaign_id=nothing").status == 404
    assert stranger.get(f"{FEED}?campaign_id={shop.uuid}").status == 404


def test_pages_follow_one_another_and_lose_nothing(api, world):
    made = [feeding.listed(world.acme)[0].uuid for _ in range(5)]
    first = api.get(f"{FEED}?limit=2")
    second = api.get(follow(first))
    third = api.get(follow(second))
    assert [*ids(first), *ids(second), *ids(third)] == made
    assert "Link" not in third.headers and api.get(f"{FEED}?limit=0").status == 400
    assert api.get(f"{FEED}?cursor=nonsense").status == 400


def test_a_feed_that_has_not_changed_is_304_and_whatever_it_shows_changes_its_etag(api, world):
    shop = feeding.catalog(world.acme)
    offer, _ = feeding.listed(world.acme, shop)
    first = api.get(FEED)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, max-age=60" and "X-API-Key" in first.headers["Vary"]

    def asked(tag: str) -> int:
        return api.get(FEED, headers={"If-None-Match": tag}).status

    known = (tag, f"W/{tag}", f'"other", {tag}', f'W/"other",W/{tag}', tag.strip('"'), "*", " * ")
    assert [asked(one) for one in known] == [304] * len(known)
    assert [asked(one) for one in ('"other"', f'"{tag[1:-2]}"', '"*"', "**", "")] == [200] * 5
    assert api.get(FEED, headers={"If-None-Match": tag}).raw == b""
    for change in (
        lambda: listings.put(offer, {"title": "Another"}),
        lambda: terms.change(offer, {"name": "Renamed"}),
        lambda: terms.change(offer, {"images": ["https://cdn.example/b.jpg"]}),
        lambda: catalogs.change(shop, {"is_published": False}),
        lambda: catalogs.change(shop, {"is_published": True}),
        lambda: profile.change(world.acme.partner, {"name": "Acme & Co"}),
        lambda: listings.remove(offer),
    ):
        before = api.get(FEED).headers["ETag"]
        assert asked(before) == 304
        change()
        assert asked(before) == 200
    assert asked(api.get(FEED).headers["ETag"]) == 304
    assert api.get(f"{FEED}?limit=7", headers={"If-None-Match": tag}).status == 200


def test_a_company_that_is_renamed_by_its_parent_is_a_change_of_its_feed(api, world):
    tariff = loyalty.tariff(world.acme)
    made = api.made("/v2/companies", {**COMPANY_CREATE, "tariffId": tariff.id})["data"]
    company = companies.find(world.acme.id, made["id"]).partner
    feeding.listed(company)
    before = state.version_of(company.id)
    assert state.version_of(company.id) == before
    assert api.patch(f"/v2/companies/{made['id']}", {"name": "Another"}).status == 200
    assert state.version_of(company.id) > before


def test_the_etag_is_of_a_token_and_a_query(api, stranger, world):
    feeding.listed(world.acme)
    tag = api.get(FEED).headers["ETag"]
    assert stranger.get(FEED, headers={"If-None-Match": tag}).status == 200
    assert api.get(f"{FEED}?limit=5", headers={"If-None-Match": tag}).status == 200


def test_what_changed_since_a_moment_is_told_and_what_went_away_where_that_is_asked(api, world, wall):
    wall(datetime(2026, 6, 1, 12, tzinfo=UTC))
    kept, gone = (feeding.listed(world.acme)[0] for _ in range(2))
    api.get(FEED)
    wall(datetime(2026, 6, 1, 13, tzinfo=UTC))
    assert ids(api.get(since(clock.now()))) == []
    terms.change(kept, {"name": "Renamed"})
    listings.remove(gone)
    assert ids(api.get(since(clock.now()))) == [kept.uuid]
    told = api.get(since(clock.now(), removed=True)).body
    assert {"id": gone.uuid, "removed": True} in told and len(told) == 2
    wall(datetime(2026, 6, 1, 14, tzinfo=UTC))
    assert api.get(since(clock.now(), removed=True)).body == []
    assert ids(api.get(since(datetime(2026, 6, 1, 11, tzinfo=UTC)))) == [kept.uuid]


def test_a_start_and_an_end_that_the_clock_reaches_are_changes_at_that_second(api, world, wall):
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    wall(noon)
    offer, _ = feeding.listed(world.acme, starts_at=noon + timedelta(hours=1), ends_at=noon + timedelta(hours=2))
    before = api.get(FEED)
    assert ids(before) == []
    wall(noon + timedelta(minutes=59, seconds=59))
    assert api.get(FEED, headers={"If-None-Match": before.headers["ETag"]}).status == 304
    wall(noon + timedelta(hours=1))
    started = api.get(FEED, headers={"If-None-Match": before.headers["ETag"]})
    assert ids(started) == [offer.uuid]
    assert ids(api.get(since(noon + timedelta(hours=1)))) == [offer.uuid]
    assert ids(api.get(since(noon + timedelta(hours=1, seconds=2)))) == []
    wall(noon + timedelta(hours=3))
    assert ids(api.get(FEED, headers={"If-None-Match": started.headers["ETag"]})) == []
    assert api.get(since(noon + timedelta(hours=2), removed=True)).body == [{"id": offer.uuid, "removed": True}]
    assert api.get(since(noon + timedelta(hours=2, seconds=2), removed=True)).body == []


def test_an_offer_that_goes_to_another_catalog_is_removed_from_the_ones_feed_and_new_in_the_others(api, world, wall):
    start = datetime(2026, 6, 1, 12, tzinfo=UTC)
    wall(start)
    here, there = feeding.catalog(world.acme), feeding.catalog(world.acme)
    offer, _ = feeding.listed(world.acme, here)
    stays, _ = feeding.listed(world.acme, here)
    in_here, in_there = f"{FEED}?campaign_id={here.short_code}", f"{FEED}?campaign_id={there.short_code}"
    tag = api.get(in_here).headers["ETag"]
    removed = {"id": offer.uuid, "removed": True}
    for number, (left, entered, reference) in enumerate(((in_here, in_there, there), (in_there, in_here, here))):
        at = start + timedelta(minutes=1 + number)
        wall(at)
        terms.change(offer, {}, reference.uuid)
        assert api.get(left, headers={"If-None-Match": tag}).status == 200
        assert api.get(f"{left}&{changes(at)}&include_removed=true").body == [removed]
        assert api.get(f"{left}&{changes(at)}").body == []
        assert ids(api.get(f"{entered}&{changes(at)}")) == [offer.uuid] == ids(api.get(since(at, removed=True)))
        assert offer.uuid in ids(api.get(entered)) and offer.uuid not in ids(api.get(left))
        tag = api.get(entered).headers["ETag"]
    wall(start + timedelta(minutes=5))
    terms.change(offer, {}, there.uuid)
    listings.remove(offer)
    for path in (in_here, in_there):
        assert api.get(f"{path}&{changes(start + timedelta(minutes=5))}&include_removed=true").body == [removed]
    assert ids(api.get(in_here)) == [stays.uuid]


def test_more_changes_of_one_moment_than_a_page_are_all_told_once(api, world, wall):
    wall(datetime(2026, 6, 1, 12, tzinfo=UTC))
    made = {feeding.listed(world.acme)[0].uuid for _ in range(7)}
    page, told = api.get(f"{since(clock.now())}&limit=3"), []
    told += ids(page)
    while "Link" in page.headers:
        page = api.get(follow(page))
        told += ids(page)
    assert len(told) == 7 and set(told) == made


def test_an_advertiser_is_oneself_a_sub_account_or_whose_catalog_one_promotes(api, stranger, client, world):
    shop = feeding.catalog(world.acme)
    offer, _ = feeding.listed(world.acme, shop)
    own, _ = feeding.listed(world.northwind)
    of_north, _ = feeding.listed(world.north)
    promoted(shop.uuid, world.northwind)
    northwind, north = Caller(client, world.northwind.token), Caller(client, world.north.token)
    told = {one["id"]: one["offers"] for one in northwind.get("/myadvertisers").body}
    assert told[world.acme.id] == 1 and told[world.northwind.id] == 1 and told[world.north.id] == 1
    for party, expected in ((world.acme, offer), (world.northwind, own), (world.north, of_north)):
        assert ids(northwind.get(f"/myadvertisers/{party.id}/offers")) == [expected.uuid]
    for caller, other in ((stranger, world.acme.id), (north, world.northwind.id), (api, 999_999_999), (api, "x")):
        assert caller.get(f"/myadvertisers/{other}/offers").status == 403


def test_a_click_tells_where_it_leads_and_the_code_that_it_shows(api, client, world):
    shop = feeding.catalog(world.acme)
    offer, _ = feeding.listed(world.acme, shop, code_type="availableAtClick", code="CLICKED")
    assert api.get(FEED).body[0]["offerDiscountCode"] is None
    assert api.post(f"{FEED}/{offer.uuid}/click").body == {"url": feeding.SHOP, "code": "CLICKED"}
    promotion = promoted(shop.uuid, world.northwind)
    northwind = Caller(client, world.northwind.token)
    assert northwind.post(f"{FEED}/{offer.uuid}/click", {}).body["url"].endswith(f"/go/{promotion.uid}")
    assert Caller(client, world.rival.token).post(f"{FEED}/{offer.uuid}/click", {}).status == 404
    assert api.post(f"{FEED}/no-such-offer/click", {}).status == 404


def test_a_dynamic_code_is_drawn_once_a_member_and_the_one_too_many_is_told(api, world):
    batch = feeding.batch(world.acme, 2)
    offer, _ = feeding.listed(world.acme, batch=batch, code_type="dynamic")
    told = api.get(FEED).body[0]
    assert (told["offerDiscountCode"], told["offerDiscountCodeType"], told["hasMultipleCodes"]) == (
        None,
        "dynamic",
        True,
    )
    place = f"{FEED}/{offer.uuid}/click"
    mia = api.post(place, {"member_ref": "mia"}).body["code"]
    omar = api.post(place, {"member_ref": "omar"}).body["code"]
    assert mia != omar and api.post(place, {"member_ref": "mia"}).body["code"] == mia
    refused = api.post(place, {"member_ref": "third"})
    assert refused.status == 422 and "drawn" in refused.body["detail"]


def test_a_code_is_handed_to_one_person_by_the_feed_or_a_mail_and_a_customers_to_nobody(api, world):
    batch = feeding.batch(world.acme, 4)
    offer, _ = feeding.listed(world.acme, batch=batch, code_type="dynamic")
    source, place = mailings.Source("batch", batch.id), f"{FEED}/{offer.uuid}/click"
    own = Coupon.select().where(Coupon.batch == batch).order_by(Coupon.id).first()
    Coupon.update(member=loyalty.customer(world.acme, "Mia").id).where(Coupon.id == own.id).execute()
    drawn = api.post(place, {}).body["code"]
    assert mailings.free(world.acme.id, source).codes == 2
    mailings.start(world.acme.id, "Guests", "ada@example.com", source)
    mailed = MailedCoupon.get().coupon.written
    last = api.post(place, {}).body["code"]
    assert len({own.written, drawn, mailed, last}) == 4 and api.post(place, {}).status == 422
    with pytest.raises(Invalid):
        mailings.start(world.acme.id, "Guests", "bo@example.com", source)


def test_of_a_batch_that_is_being_switched_off_no_code_is_handed_out(api, world):
    batch = feeding.batch(world.acme, 2)
    offer, _ = feeding.listed(world.acme, batch=batch, code_type="dynamic")
    CouponBatch.update(off_at=clock.now()).where(CouponBatch.id == batch.id).execute()
    source, place = mailings.Source("batch", batch.id), f"{FEED}/{offer.uuid}/click"
    assert api.post(place, {}).status == 422 and mailings.free(world.acme.id, source).codes == 0
    with pytest.raises(Invalid):
        mailings.start(world.acme.id, "Guests", "ada@example.com", source)
    CouponBatch.update(off_at=None).where(CouponBatch.id == batch.id).execute()
    assert api.post(place, {}).status == 200 and mailings.free(world.acme.id, source).codes == 1


def test_a_drawn_code_goes_back_when_it_was_not_used_for_thirty_days(api, world, wall):
    start = datetime(2026, 6, 1, 12, tzinfo=UTC)
    wall(start)
    offer, _ = feeding.listed(world.acme, batch=feeding.batch(world.acme, 2), code_type="dynamic")
    place = f"{FEED}/{offer.uuid}/click"
    used = api.post(place, {"member_ref": "mia"}).body["code"]
    unused = api.post(place, {"member_ref": "omar"}).body["code"]
    Coupon.update(uses=1).where(Coupon.written == used).execute()
    wall(start + timedelta(days=29))
    assert api.post(place, {"member_ref": "third"}).status == 422 and not pools.settle_next()
    wall(start + timedelta(days=30))
    assert api.post(place, {"member_ref": "third"}).body["code"] == unused
    assert DrawnCode.select().where(DrawnCode.returned_at.is_null()).count() == 2
    Coupon.update(uses=0).execute()


def test_what_is_wrong_with_a_listing_is_told_and_nothing_is_written(api, world):
    offer, batch = feeding.offer(world.acme), feeding.batch(world.rival, 1)
    now = clock.now()
    for given, field in (
        ({}, "leads_to"),
        ({"leads_to": "javascript:alert(1)"}, "leads_to"),
        ({"leads_to": feeding.SHOP, "code_type": "copyPaste"}, "code"),
        ({"leads_to": feeding.SHOP, "code_type": "dynamic"}, "batch"),
        ({"leads_to": feeding.SHOP, "code_type": "free"}, "code_type"),
        ({"leads_to": feeding.SHOP, "starts_at": now, "ends_at": now}, "ends_at"),
    ):
        with pytest.raises(listings.Invalid) as refused:
            pools.put(offer, given, batch.id if field == "batch" else None)
        assert refused.value.field == field
    assert api.get(FEED).body == []
