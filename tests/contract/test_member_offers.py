"""Member offers over JSON (contract: member-offers; the documented example whole)."""

from datetime import UTC, datetime

import pytest

from portal import clock
from portal.api import credentials
from portal.domain.accounts.origins import origins
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.cards.segments import segments
from portal.domain.errors import Refused
from portal.domain.member_offers import permits
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.counts.tables import OfferDay
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.members import bans
from portal.domain.members.tables import Member
from portal.domain.offers.tables import Offer
from portal.domain.traces import refusals
from tests.contract.clubs import CLIENT
from tests.support import club_offers, loyalty, oauth

LIST_PERMIT = "Offers:Api:MemberOffers:ListVisible"


@pytest.fixture
def documented(world, mia) -> MemberTerms:
    """The offer of the documentation."""
    made = club_offers.offer(
        world.acme, "Buy two shoes, get one jacket", external_url="https://example.com/foo", stores=["M&H"],
        usable_since=datetime(2019, 3, 13, 17, 32, tzinfo=UTC), member_limit=10, extras={"category": 42},
        images=["https://offers-api.s3.eu-central-1.amazonaws.com/offer-1000115-offer_default-original.jpg"],
        read_more={"button_title": "Button title", "url": None, "title": "Title", "text": "Text"},
        activation_texts={"modal": "Modal", "button": "Button", "description": None},
    )  # fmt: skip
    for title in ("Spring", "Shoes"):
        collections.arrange(collections.make(world.acme.id, {"title": title}), [made.offer_id])
    for _ in range(7):
        used = club_offers.use(world.acme, mia, made)
    until = clock.to_micros(datetime(2019, 3, 13, 18, 41, tzinfo=UTC))
    OfferMember.update(active_until=until).where(OfferMember.id == used.row.pair_id).execute()
    return made


def test_the_documented_offer(club, mia, documented):
    first, second = (one.collection_id for one in documented.places.order_by("id"))
    shown = {
        "id": documented.offer_id,
        "name": "Buy two shoes, get one jacket",
        "description": None,
        "type": "REGULAR",
        "external_url": "https://example.com/foo",
        "usable_since": "2019-03-13T17:32:00.000Z",
        "usable_until": None,
        "usage_authorization_token_required": False,
        "collection_ids": [first, second],
        "stores": ["M&H"],
        "images": [
            {"url": "https://offers-api.s3.eu-central-1.amazonaws.com/offer-1000115-offer_default-original.jpg"}
        ],
        "display": {
            "read_more": {"button_title": "Button title", "url": None, "title": "Title", "text": "Text"},
            "activation_texts": {"modal": "Modal", "button": "Button", "description": None},
        },
        "liked": False,
        "usage": {
            "usable": True,
            "max_uses": 10,
            "uses_left": 3,
            "active_until": "2019-03-13T18:41:00.000Z",
            "period": None,
        },
        "extras": {"category": 42},
    }
    assert club.get(mia.id, f"/offers/{documented.offer_id}").body == {"offer": shown}
    assert club.get(mia.id, "/offers").body == {"offers": [shown]}
    for_guests = {"usable": False, "max_uses": 10, "uses_left": None, "active_until": None, "period": None}
    assert club.get("guest", "/offers/").body == {"offers": [shown | {"usage": for_guests}]}


def test_a_guest_learns_the_limits_and_nothing_of_what_is_left(club):
    club.offer(member_limit=5, global_limit=3, period="WEEK", period_limit=2)
    (shown,) = club.get("guest", "/offers").body["offers"]
    assert shown["usage"] == {
        "usable": False,
        "max_uses": 5,
        "uses_left": None,
        "active_until": None,
        "period": {"timespan": "WEEK", "max_uses": 2, "uses_left": None},
    }


def test_meta_has_tags_stores_and_collections_of_what_is_seen(club, world):
    seen, hidden = club.offer(tags=["Sport", "New"], stores=["M&H"]), club.offer(tags=["No"], is_shown=False)
    reward = club.offer(scope="reward", tags=["Reward"], stores=["Desk"])
    spring = collections.make(world.acme.id, {"title": "Spring", "description": "Fresh"})
    collections.arrange(spring, [hidden, seen, reward])
    rewards = collections.make(world.acme.id, {"title": "Rewards"})
    collections.arrange(rewards, [reward])
    empty = collections.make(world.acme.id, {"title": "Soon"})
    told = club.get("guest", "/offers/meta").body
    bare = {"description": None, "offers_order": [], "files": []}
    assert told == {
        "tags": ["New", "Sport"],
        "stores": ["M&H"],
        "collections": [
            {"id": spring.id, "title": "Spring", "description": "Fresh", "offers_order": [seen], "files": []},
            {"id": empty.id, "title": "Soon", **bare},
        ],
        "activated_seconds_time": 35,
    }
    of_rewards = club.get("guest", "/offers/meta?scope=reward").body
    assert [one["title"] for one in of_rewards["collections"]] == ["Spring", "Rewards", "Soon"]
    assert of_rewards["tags"] == ["Reward"] and of_rewards["collections"][0]["offers_order"] == [reward]


def test_a_use_tells_what_is_left_and_a_refusal_each_check(club, mia):
    offer = club.offer(active_seconds=60, member_limit=2)
    used = club.post(mia.id, f"/offers/{offer}/use")
    assert used.status == 200
    until = used.body["usage"].pop("active_until")
    assert used.body == {"usage": {"usable": False, "max_uses": 2, "uses_left": 1, "period": None}}
    assert club.get(mia.id, f"/offers/{offer}").body["offer"]["usage"]["active_until"] == until
    again = club.post(mia.id, f"/offers/{offer}/use", {})
    assert (again.status, again.body["error"]) == (422, "Already active")
    first, *others = again.body["checks"]
    assert (first["check"], first["outcome"]) == ("active", "failed") and first["fix"]
    assert {each["outcome"] for each in others} == {"not reached"} and OfferUse.select().count() == 1
    assert [kept.sentence for kept in refusals.recent(club.party.id, "offer")] == ["Already active"]


def test_a_repeat_with_its_key_is_one_use(club, mia):
    offer = club.offer()
    first, again = (club.post(mia.id, f"/offers/{offer}/use", **{"Idempotency-Key": "tap"}) for _ in range(2))
    assert first.body == again.body and again.headers["Idempotent-Replayed"] == "true"
    omar = club_offers.member(club.party)
    club.post(omar.id, f"/offers/{offer}/use", **{"Idempotency-Key": "tap"})
    assert OfferUse.select().count() == 2  # The key belongs to the member, too.


def test_a_code_of_the_counter_is_asked_for_by_the_documented_words_and_few_may_be_tried(club, mia, world):
    offer = club.offer(needs_authorization=True)
    use = f"/offers/{offer}/use"
    assert club.post(mia.id, use).body["error"] == "Usage authorization token missing"
    code = authorizations.make(club_offers.asks(world.acme, mia.id), offer)
    others = authorizations.make(club_offers.asks(world.acme, club_offers.member(world.acme).id), offer)
    tried = [f"{(int(code) + number) % 10**6:06}" for number in range(1, 10)]
    for typed in (others, *tried):
        assert (
            club.post(mia.id, use, {"authorization_token": typed}).body["error"] == "Usage authorization token invalid"
        )
    refused = club.post(mia.id, use, {"authorization_token": code})
    assert refused.status == 429 and int(refused.headers["Retry-After"]) > 0
    omar = club_offers.member(world.acme)
    code = authorizations.make(club_offers.asks(world.acme, omar.id), offer)
    assert club.post(omar.id, use, {"authorization_token": int(code)}).status == 200  # Numbers are taken, too.


def test_the_right_code_that_comes_again_is_no_wrong_try(club, mia, world):
    offer = club.offer(needs_authorization=True, active_seconds=0)
    use, asks = f"/offers/{offer}/use", club_offers.asks(world.acme, mia.id)
    first, second = (authorizations.make(asks, offer) for _ in range(2))
    answers = [club.post(mia.id, use, {"authorization_token": first}).status for _ in range(12)]
    assert answers == [200] + [422] * 11
    assert club.post(mia.id, use, {"authorization_token": second}).status == 200


def test_a_code_that_begins_with_zeros_is_taken_as_a_number_too(club, mia, world, monkeypatch):
    monkeypatch.setattr(authorizations.secrets, "randbelow", lambda most: 42)
    offer = club.offer(needs_authorization=True)
    assert authorizations.make(club_offers.asks(world.acme, mia.id), offer) == "000042"
    for nothing in ("", " "):
        assert club.post(mia.id, f"/offers/{offer}/use", {"authorization_token": nothing}).status == 422
    assert club.post(mia.id, f"/offers/{offer}/use", {"authorization_token": 42}).status == 200


def test_a_member_is_named_by_the_number_or_by_the_uuid_that_customers_have(club, mia, world):
    offer = club.offer(member_limit=2)
    assert club.post(mia.uuid, f"/offers/{offer}/use").body["usage"]["uses_left"] == 1
    assert club.get(mia.uuid.upper(), "/offers/").body == club.get(mia.id, "/offers").body
    club.with_permits(LIST_PERMIT, "Offers:Api:Scopes:Standard")
    lacks = club.get(mia.uuid, "/offers")
    assert (lacks.status, "ListVisibleByMemberId" in lacks.body["error"]) == (403, True)
    club.with_permits(*permits.PERMITS)
    for stranger in (club_offers.member(world.rival).uuid, "00000000-0000-4000-8000-000000000000"):
        reply = club.get(stranger, "/offers")
        assert (reply.status, reply.body["error"]) == (404, f"Member#{stranger} not found")


def test_likes_are_idempotent(club, mia):
    offer = club.offer()
    for verb, liked in (("like", True), ("like", True), ("unlike", False), ("unlike", False)):
        reply = club("PUT", mia.id, f"/offers/{offer}/{verb}")
        assert (reply.status, reply.body) == (200, {})
        assert club.get(mia.id, f"/offers/{offer}").body["offer"]["liked"] is liked


def test_a_grant_is_for_exclusive_offers_and_lasts_as_long_as_it_says(club, mia):
    offer = club.offer(type="EXCLUSIVE")
    grant = f"/offers/{offer}/grant"
    assert club.post(mia.id, f"/offers/{offer}/use").body["error"] == "Not granted"
    assert (club.post(mia.id, grant, {"usable_for_seconds": "60"}).body) == {}
    assert club.get(mia.id, f"/offers/{offer}").body["offer"]["usage"]["usable"] is True
    with clock.acting(61):
        OfferMember.update(granted_until=1).execute()
    assert club.get(mia.id, f"/offers/{offer}").body["offer"]["usage"]["usable"] is False
    assert club.post(mia.id, grant).status == 200 and club.post(mia.id, f"/offers/{offer}/use").status == 200
    regular = club.post(mia.id, f"/offers/{club.offer()}/grant")
    assert (regular.status, regular.body) == (422, {"error": "Not grantable"})
    assert club.post(mia.id, grant, {"usable_for_seconds": 0}).status == 422
    assert club.post(mia.id, grant, {"usable_for_seconds": []}).status == 400


def test_an_offer_for_a_segment_is_seen_by_its_members_alone(club, mia, world):
    regulars = segments.make(world.acme.id, "Regulars")
    by_rule = segments.make(world.acme.id, "Lately", "unseen", 1)
    offer = club.offer(audience=regulars.id, type="EXCLUSIVE")
    other = club.offer(audience=by_rule.id)
    assert club.ids(mia.id) == club.ids("guest") == []
    assert club.post(mia.id, f"/offers/{offer}/grant").body == {"error": "Member not in audience"}
    segments.put(regulars, mia)
    Member.update(created_at=1, seen_at=1).where(Member.id == mia.id).execute()
    assert sorted(club.ids(mia.id)) == [offer, other]
    assert club.post(mia.id, f"/offers/{offer}/grant").status == 200
    assert club.get("guest", f"/offers/{offer}").status == 404
    with pytest.raises(Refused, match="member offer is for this segment"):
        segments.remove(regulars)


def test_lists_are_filtered_by_what_is_asked(club, mia, world):
    shoe = club.offer(name="Shoe", tags=["sport"], stores=["Nord"], type="WELCOME", description="For 100 % fun_")
    hat = club.offer(
        name="Häßlicher Hut", tags=["sport", "sun"], stores=["Süd"], usable_until=datetime(2001, 1, 1, tzinfo=UTC)
    )
    spring = collections.make(world.acme.id, {"title": "Spring"})
    collections.arrange(spring, [hat])
    club("PUT", mia.id, f"/offers/{hat}/like")
    for query, found in (
        ("", {shoe, hat}), ("tags[]=SPORT", {shoe, hat}), ("tags=sun&tags=none", {hat}), ("stores[]=Nord", {shoe}),
        (f"ids[]={hat}&ids[]=999", {hat}), (f"ids={hat}&ids={shoe}", {shoe, hat}), ("ids[]=999999999999999999999", set()),
        (f"collection_ids[]={spring.id}", {hat}), ("type=WELCOME", {shoe}), ("search=hut", {hat}), ("search=100 %25 F", {shoe}),
        ("search=fun_", {shoe}), ("search=fun%25", set()), ("usable=true", {shoe}), ("usable=0", {hat}), ("liked=1", {hat}),
        ("liked=false", {shoe}), ("scope=reward", set()), ("search=&type=&tags[]=&usable=", {shoe, hat}), ("unknown=1", {shoe, hat}),
    ):  # fmt: skip
        assert set(club.ids(mia.id, f"?{query}")) == found, query
    assert club.ids("guest", "?usable=true") == club.ids("guest", "?liked=true") == []


def test_lists_are_ordered_as_asked_and_newest_first_otherwise(club, mia, world):
    b = club.offer(name="b", member_limit=1, usable_until=datetime(2100, 1, 1, tzinfo=UTC))
    a = club.offer(name="a", member_limit=3, usable_since=datetime(2002, 1, 1, tzinfo=UTC))
    c = club.offer(name="C", usable_since=datetime(2001, 1, 1, tzinfo=UTC), scope="standard")
    spring = collections.make(world.acme.id, {"title": "Spring"})
    collections.arrange(spring, [c, b])
    club.post(mia.id, f"/offers/{b}/use"), club("PUT", mia.id, f"/offers/{a}/like")
    for order, found in (
        ("", [c, a, b]), ("name", [a, b, c]), ("name DESC", [c, b, a]), ("created_at ASC", [b, a, c]),
        ("usable asc, created_at desc", [b, c, a]), ("uses_left ASC", [b, a, c]), ("liked DESC, name ASC", [a, b, c]),
        ("usable_since ASC", [c, a, b]), ("usable_until ASC, name desc", [b, c, a]),
    ):  # fmt: skip
        assert club.ids(mia.id, f"?order_by={order}") == found, order
    assert club.ids(mia.id, f"?order_by=collection_position ASC&collection_ids[]={spring.id}") == [c, b]
    assert club.ids(mia.id, f"?order_by=collection_position DESC&collection_ids={spring.id}") == [b, c]


def test_equals_stand_in_the_order_of_their_ids(club):
    ids = [club.offer() for _ in range(3)]
    MemberTerms.update(created_at=1).execute()
    assert club.ids("guest") == ids == club.ids("guest", "?order_by=usable_since DESC")


def test_pages_tell_where_they_stand(club):
    ids = [club.offer() for _ in range(5)][::-1]
    reply = club.get("guest", "/offers?per_page=2&page_no=2&include_pagination_info=true")
    assert [offer["id"] for offer in reply.body["offers"]] == ids[2:4]
    assert reply.body["pagination_info"] == {
        "total_count": 5, "per_page": 2, "total_pages": 3, "current_page": 2, "next_page": 3, "prev_page": 1,
        "is_first_page": False, "is_last_page": False, "is_out_of_range": False,
    }  # fmt: skip
    beyond = club.get("guest", "/offers?per_page=2&page_no=9&include_pagination_info=1").body
    assert beyond["offers"] == [] and beyond["pagination_info"]["is_out_of_range"] is True
    assert (
        club.get("guest", "/offers?per_page=1000&include_pagination_info=1").body["pagination_info"]["per_page"] == 100
    )
    none = club.get("guest", "/offers?scope=parking&include_pagination_info=1").body["pagination_info"]
    assert (none["total_pages"], none["is_last_page"], none["is_out_of_range"]) == (0, True, False)
    ordered = "/offers?order_by=name ASC&per_page=2&page_no=3&include_pagination_info=1"
    assert club.get("guest", ordered).body["pagination_info"]["total_count"] == 5


@pytest.mark.parametrize(
    "query",
    [
        "order_by=price", "order_by=name; DROP TABLE offer", "order_by=name SIDEWAYS", "order_by=,", "order_by=collection_position",
        "collection_ids[]=1&collection_ids[]=2&order_by=collection_position", "per_page=0", "per_page=-1", "per_page=many",
        "page_no=0", "scope=everything", "type=regular", "usable=maybe", "include_pagination_info=2", "ids[]=one",
        "collection_ids[]=x",
    ],
)  # fmt: skip
def test_what_a_list_cannot_take_is_a_422_that_names_it(club, mia, query):
    reply = club.get(mia.id, f"/offers?{query}")
    assert reply.status == 422 and reply.body["error"] and "checks" not in reply.body


def test_a_guest_has_no_order_by_what_members_have(club):
    for key in ("usable", "uses_left", "liked"):
        assert club.get("guest", f"/offers?order_by={key}").status == 422


def test_each_context_has_its_permit_and_names_what_is_missing(club, mia):
    offer = club.offer()
    asked = {
        "guest": {"": "ListVisiblePreview", f"/{offer}": "GetPreview", "/meta": "GetMetaPreview"},
        mia.id: {"": "ListVisibleByMemberId", f"/{offer}": "GetByMemberId", "/meta": "GetMetaByMemberId"},
        "me": {"": "ListVisible", f"/{offer}": "Get", "/meta": "GetMeta"},
    }
    every = set(PERMITS)
    for context, paths in asked.items():
        for path, name in paths.items():
            permit = f"Offers:Api:MemberOffers:{name}"
            club.with_permits(*(every - {permit}))
            refused = club.get(context, f"/offers{path}")
            assert refused.status == 403 and permit in refused.body["error"], (context, path)
            club.with_permits(permit, permits.OF_SCOPES["standard"])
            assert club.get(context, f"/offers{path}").status == (460 if context == "me" else 200)
    for method, path, name in (
        ("POST", "use", "UseByMemberId"), ("PUT", "like", "LikeByMemberId"), ("PUT", "unlike", "LikeByMemberId"),
        ("POST", "grant", "GrantByMemberId"),
    ):  # fmt: skip
        club.with_permits(*(every - {f"Offers:Api:MemberOffers:{name}"}))
        assert f":{name}" in club(method, mia.id, f"/offers/{offer}/{path}").body["error"]


def test_a_scope_without_its_permit_is_never_listed_readable_or_usable(club, mia):
    reward, standard = club.offer(scope="reward"), club.offer()
    club.with_permits(*(set(PERMITS) - {permits.OF_SCOPES["reward"]}))
    for path in ("/offers?scope=reward", "/offers/meta?scope=reward"):
        refused = club.get(mia.id, path)
        assert refused.status == 403 and "Offers:Api:Scopes:Reward" in refused.body["error"]
    assert club.ids(mia.id, f"?ids[]={reward}") == []
    for method, path in (("GET", ""), ("POST", "/use"), ("PUT", "/like"), ("POST", "/grant"), ("GET", "?scope=reward")):
        reply = club(method, mia.id, f"/offers/{reward}{path}")
        assert (reply.status, reply.body) == (404, {"error": f"Offer#{reward} not found"})
    assert OfferMember.select().count() == 0
    club.token = club.party.token
    assert club.get(mia.id, f"/offers/{reward}").status == 200
    assert club.get(mia.id, f"/offers/{reward}?scope=standard").status == 404
    assert club.get(mia.id, f"/offers/{standard}?scope=standard").status == 200
    assert club.get(mia.id, f"/offers/{standard}?scope=x").status == 422
    assert club.ids(mia.id, "?scope=reward") == [reward]


def test_a_context_that_an_endpoint_does_not_serve_is_a_404(club, mia):
    offer = club.offer()
    for method, context, path in (
        ("POST", "guest", f"/offers/{offer}/use"), ("PUT", "guest", f"/offers/{offer}/like"), ("POST", "me", f"/offers/{offer}/grant"),
        ("POST", "guest", "/events/offers_seen"), ("POST", mia.id, "/events/offers_clicked"), ("GET", "everybody", "/offers"),
        ("GET", 0, "/offers"), ("GET", "-1", "/offers"),
    ):  # fmt: skip
        reply = club(method, context, path, {"events": []} if "events" in path else None)
        assert reply.status == 404 and set(reply.body) == {"error"}, (context, path)


def test_who_asks_is_told_what_is_missing(club, mia, world):
    offer = club.offer()
    club.token = None
    for context in ("guest", "me", mia.id):
        reply = club.get(context, "/offers")
        assert reply.status == 470 and CLIENT in reply.body["error"]
    club.token = "pp_live_unknown"
    assert club.get("guest", "/offers").status == 401
    club.token = world.acme.token
    assert club.get("guest", "/offers", **{"X-API-Key": world.rival.token}).status == 401
    for token in (None, "Bearer", "Bearer nobody", f"Bearer {world.acme.token}"):
        reply = club.get("me", "/offers", Authorization=token)
        assert reply.status == 460 and "error" in reply.body
    assert club.get("guest", "/offers", Authorization="Bearer nobody").status == 200
    assert club.get(mia.id, "/offers", Authorization="Bearer nobody").status == 200
    theirs = loyalty.customer(world.rival, "Rita")
    for member_id in (theirs.id, 999_999_999):
        assert club.get(member_id, "/offers").body == {"error": f"Member#{member_id} not found"}
    club.token = world.rival.token
    assert club.get("guest", "/offers").status == club.get("guest", f"/offers/{offer}").status == 404


def test_a_banned_member_uses_and_reads_nothing(club, mia):
    offer = club.offer()
    until = datetime(2035, 1, 1, tzinfo=UTC)
    bans.ban(mia, until, "Sold codes")
    for method, path in (("GET", "/offers"), ("GET", f"/offers/{offer}"), ("POST", f"/offers/{offer}/use")):
        reply = club(method, mia.id, path)
        assert reply.status == 467
        assert reply.body == {"error": "Member is banned!", "banned_until": "2035-01-01T00:00:00.000Z"}
    bans.lift(Member.get_by_id(mia.id))
    assert club.get(mia.id, "/offers").status == 200
    with pytest.raises(Refused):
        bans.lift(mia)


def test_what_cannot_be_parsed_or_is_no_offer_writes_nothing(club, mia):
    offer = club.offer()
    for body in (b"{", b"[]", b'{"authorization_token": [1]}', b'{"a": NaN}'):
        assert club.post(mia.id, f"/offers/{offer}/use", body).status == 400
    for unknown in ("999999", "0", "x", "1.5", "9" * 30):
        reply = club.post(mia.id, f"/offers/{unknown}/use")
        assert (reply.status, reply.body) == (404, {"error": f"Offer#{unknown} not found"})
    assert OfferUse.select().count() == 0
    informational = club.offer(scope="informational")
    assert club.post(mia.id, f"/offers/{informational}/use").body["error"] == "Not usable"


def test_one_that_is_not_active_or_has_no_terms_for_members_is_not_there(club, world, mia):
    offer = club.offer()
    bare = Offer.create(partner=world.acme.id, name="Bare", name_key="bare")
    Offer.update(is_active=False).where(Offer.id == offer).execute()
    assert club.ids(mia.id) == []
    for missing in (offer, bare.id):
        assert club.get("guest", f"/offers/{missing}").status == 404


def test_pages_of_the_partners_origins_may_ask_and_no_others(club, client, world):
    origins.put(world.acme.partner, ["https://club.example"])
    asks = {"Origin": "https://club.example", "Access-Control-Request-Method": "GET"}
    allowed = client.options("/api/v3/acme/members/me/offers", headers=asks).headers
    assert allowed["Access-Control-Allow-Origin"] == "https://club.example"
    assert "X-Client-Authorization" in allowed["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in allowed
    answered = client.get(
        "/api/v3/acme/members/guest/offers", headers={CLIENT: world.acme.token, "Origin": "https://club.example"}
    )
    assert answered.headers["Access-Control-Allow-Origin"] == "https://club.example"
    for place in (
        f"/api/v3/acme/members/{club_offers.member(world.acme).id}/offers",
        "/api/v3/acme/members/1/offers/1/use",
    ):
        assert "Access-Control-Allow-Origin" not in client.options(place, headers=asks).headers
    other = client.options("/api/v3/acme/members/me/offers", headers={**asks, "Origin": "https://evil.example"}).headers
    assert "Access-Control-Allow-Origin" not in other


def test_a_token_that_was_looked_up_a_moment_ago_keeps_working_in_every_header(club, world):
    credentials._cache.clear()
    club.token = None
    for name in ("X-API-Key", "X-API-Token"):
        assert club.get("guest", "/offers", **{name: world.acme.token}).status == 200


def test_looks_are_counted_by_day_for_what_the_member_sees(club, world, mia):
    signed_in = {"Authorization": f"Bearer {oauth.access_of(world.acme, mia)}"}
    seen, reward = club.offer(), club.offer(scope="reward")
    club.with_permits(
        "Offers:Api:MemberOffers:Events:Seen", "Offers:Api:MemberOffers:Events:Clicked", permits.OF_SCOPES["standard"]
    )
    now = clock.now().isoformat()
    looks = [
        {"offer_id": offer, "created_at": at}
        for offer, at in ((seen, now), (str(seen), "2001-01-01"), (reward, now), (7, now))
    ]
    looks[1]["created_at"] = "2001-01-01T00:00:00Z"
    for name in ("offers_seen", "offers_seen", "offers_clicked"):
        reply = club.post("me", f"/events/{name}", {"events": looks}, **signed_in)
        assert (reply.status, reply.body) == (200, {})
    (day,) = OfferDay.select()
    assert (day.terms.offer_id, day.seen, day.clicked) == (seen, 4, 2)
    for wrong in (
        {},
        {"events": 1},
        {"events": [{"offer_id": seen}]},
        {"events": [{"offer_id": seen, "created_at": "now"}]},
    ):
        assert club.post("me", "/events/offers_seen", wrong, **signed_in).status == 400
    many = {"events": looks[:1] * 1001}
    assert club.post("me", "/events/offers_seen", many, **signed_in).status == 422


def test_what_a_client_says_of_itself_is_logged_and_not_required(club, caplog):
    caplog.set_level("INFO", logger="portal.request")
    club.get("guest", "/offers", **{"X-Product-Name": "Club app", "X-User-Agent": "iOS 20"})
    fields = caplog.records[-1].fields
    assert (fields["product"], fields["agent"], fields["status"]) == ("Club app", "iOS 20", 200)
    club.get("guest", "/offers")
    assert "product" not in caplog.records[-1].fields
