"""What programs of member offers and of the feed are told when they are wrong (contract: README, "Errors"; member-offers)."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from portal import clock
from portal.api import gate
from portal.domain.events import log
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.members.oauth import chains
from portal.domain.traces import refusals
from tests.contract.caller import Caller
from tests.contract.clubs import CLIENT, Club
from tests.contract.promoters import promoted
from tests.support import club_offers, feeding, oauth

FEED, EVENTS = "/campaigns/offers", "/events"
# Of the library that reads bodies and queries.
LIBRARY = re.compile(
    r"Input should|valid (boolean|string|integer)|validation|pydantic|should have at most|unable to", re.IGNORECASE
)


@pytest.fixture
def access(world, mia) -> str:
    """Mia's own access token."""
    _, pair = chains.begin(world.acme.id, mia.id, None, oauth.token_of(world.acme).id)
    return pair.access


@pytest.mark.parametrize(
    ("method", "path", "served"),
    [
        ("POST", "/offers/1/use", "me or a member’s id"), ("POST", "/offers/1/grant", "a member’s id"),
        ("POST", "/events/offers_seen", "me"), ("GET", "/offers", "me or a member’s id or guest"),
    ],
)  # fmt: skip
def test_a_context_that_an_endpoint_does_not_serve_is_told_which_it_does(club, method, path, served):
    reply = club(method, "everybody", path, {} if method == "POST" else None)
    assert reply.status == 404 and reply.body["error"].endswith(f"it takes {served}.")
    assert club(method, "guest", path, {} if method == "POST" else None).status == (200 if "guest" in served else 404)


def test_a_token_of_the_other_mode_is_told_which_it_is_and_of_whom(client, world, engine):
    twin = world.acme.twin()
    live, test = Club(client, world.acme), Club(client, twin)
    live.token, test.token = test.token, live.token
    for sent, mode, slug in ((live, "test mode", twin.partner.slug), (test, "is live", world.acme.partner.slug)):
        reply = sent.get("guest", "/offers")
        assert reply.status == 404 and mode in reply.body["error"] and f"“{slug}”" in reply.body["error"]
        place = f"/v3/{sent.party.partner.slug}/members/oauth/token"
        drawn = sent.caller.post(place, {"grant_type": "refresh_token"}, headers={CLIENT: sent.token})
        assert drawn.status == 404 and mode in drawn.body["error_description"]
    live.token = world.rival.token
    assert "mode" not in live.get("guest", "/offers").body["error"], "It is nobody else's to learn."


def test_the_feed_tells_of_the_other_mode_alike(client, world, engine):
    twin, (offer, _) = world.acme.twin(), feeding.listed(world.acme)
    asks = Caller(client, twin.token)
    clicked = asks.post(f"{FEED}/{offer.uuid}/click", {})
    listed = asks.get(f"/myadvertisers/{world.acme.id}/offers")
    for reply, status in ((clicked, 404), (listed, 403)):
        assert reply.status == status and f"test mode, which is “{twin.partner.slug}”" in reply.body["detail"]
    assert "mode" not in Caller(client, world.rival.token).post(f"{FEED}/{offer.uuid}/click", {}).body["detail"]


def test_moments_of_checks_are_utc_for_programs_and_local_in_what_the_portal_keeps(club, mia, world):
    since = clock.now() + timedelta(days=2)
    offer = club.offer(usable_since=since)
    step = _failed(club.post(mia.id, f"/offers/{offer}/use"))
    assert since.isoformat(timespec="milliseconds").replace("+00:00", "Z") in step["detail"]
    (kept,) = refusals.recent(world.acme.id, "offer")
    local = since.astimezone(ZoneInfo(world.acme.partner.time_zone))
    assert not re.search(r"\dZ", str(kept.steps)) and f"{local:%Y-%m-%d %H:%M:%S}" in str(kept.steps)


@pytest.mark.parametrize(
    ("given", "for_member"),
    [
        ({"type": "EXCLUSIVE"}, "Ask the club for it."), ({"member_limit": 0}, "Choose another offer."),
        ({"usable_until": datetime(2024, 1, 1, tzinfo=UTC)}, "Choose another offer."),
        ({"type": "BIRTHDAY"}, "Wait for your birthday. If it has come, ask the club to enter your date of birth."),
        ({"scope": "informational"}, "Choose another offer."),
    ],
)  # fmt: skip
def test_a_fix_speaks_to_whoever_asks(club, mia, access, given, for_member):
    used_up = "member_limit" in given
    offer = club.offer(**({"member_limit": 1} if used_up else given))
    if used_up:
        assert club.post(mia.id, f"/offers/{offer}/use").status == 200
    use = f"/offers/{offer}/use"
    own, of_staff = club.post("me", use, Authorization=f"Bearer {access}"), club.post(mia.id, use)
    assert _failed(own)["fix"] == for_member != _failed(of_staff)["fix"]
    assert own.body["error"] == of_staff.body["error"]


def test_too_many_wrong_codes_of_the_counter_are_called_so(club, mia, world):
    offer = club.offer(needs_authorization=True)
    code = int(authorizations.make(club_offers.asks(world.acme, mia.id), offer))
    for number in range(1, 11):
        club.post(mia.id, f"/offers/{offer}/use", {"authorization_token": f"{(code + number) % 10**6:06}"})
    reply = club.post(mia.id, f"/offers/{offer}/use", {"authorization_token": f"{code:06}"})
    assert reply.status == 429 and reply.body["error"].startswith("Too many wrong codes of the counter")


def test_a_field_that_breaks_a_rule_is_named(club, mia, access):
    grant = club.post(mia.id, f"/offers/{club.offer(type='EXCLUSIVE')}/grant", {"usable_for_seconds": 0})
    assert (grant.status, grant.body["error"][:20]) == (422, "usable_for_seconds: ")
    looks = [{"offer_id": 1, "created_at": "2026-01-01T00:00:00Z"}] * 1001
    seen = club.post("me", "/events/offers_seen", {"events": looks}, Authorization=f"Bearer {access}")
    assert (seen.status, seen.body["error"][:8]) == (422, "events: ")


def test_an_order_that_needs_more_says_what(club, mia):
    by_place = club.get(mia.id, "/offers?order_by=collection_position").body["error"]
    assert by_place == "order_by: collection_position needs exactly one collection: send collection_ids[] with its id."
    assert "needs a member" in club.get("guest", "/offers?order_by=liked").body["error"]


def test_an_address_that_there_is_not_is_a_problem_under_each_prefix(club, client, world):
    for path in ("/v3", "/v3/acme", "/v3/acme/members/me/nothing", "/nothing"):
        reply = Caller(client, None).get(path, headers={CLIENT: world.acme.token})
        assert (reply.status, reply.headers["Content-Type"]) == (404, "application/problem+json"), path
        assert reply.body["error_code"] == "address_unknown"
    other_verb = club("DELETE", "me", "/offers")
    assert other_verb.status == 405 and "error" in other_verb.body, "The family's own address has its shape."


def test_a_number_that_nobody_can_reckon_with_is_refused_like_no_number(club, mia):
    for number in ("1e999", "-1e999", "NaN"):
        reply = club.post(mia.id, f"/offers/{club.offer()}/use", f'{{"authorization_token": {number}}}'.encode())
        assert reply.status == 400, number


@pytest.mark.parametrize("body", [b"{nothing", b"[]", b'{"a":1,"a":2}'])
def test_a_body_that_cannot_be_read_is_refused_where_none_is_asked_for(club, mia, body):
    offer = club.offer()
    assert club("PUT", mia.id, f"/offers/{offer}/like", body).status == 400
    assert club.get(mia.id, f"/offers/{offer}").body["offer"]["liked"] is False
    assert club("PUT", mia.id, f"/offers/{offer}/like", b' {"any": 1} ').status == 200


@pytest.mark.parametrize("header", ["X-Client-Authorization", "X-API-Key"])
def test_a_header_that_comes_twice_with_two_tokens_is_two_different_tokens(client, world, header):
    place, own = "/api/v3/acme/members/guest/offers", world.acme.token
    replies = [client.get(place, headers=[(header, own), (header, other)]) for other in (world.rival.token, own)]
    assert replies[0].status_code == 401 and "two different tokens" in replies[0].json["error"]
    assert replies[1].status_code == 200


def test_brackets_around_a_parameter_are_read_whatever_stands_in_them(club, mia):
    shoe, hat = club.offer(type="WELCOME", tags=["a"]), club.offer(tags=["b"])
    for query, found in (
        ("type[]=WELCOME", {shoe}), (f"ids[0]={shoe}&ids[1]={hat}", {shoe, hat}), (f"ids[0]={hat}", {hat}),
        ("scope[]=reward", set()), ("tags[0]=a", {shoe}), ("liked[]=true", set()),
    ):  # fmt: skip
        assert set(club.ids(mia.id, f"?{query}")) == found, query
    assert club.get(mia.id, "/offers?type[]=nothing").status == 422


@pytest.mark.parametrize("value", ["yes", "on", "TRUE ", "0", "none"])
def test_booleans_of_the_feed_are_those_of_member_offers(api, club, value):
    feed = api.get(f"{FEED}?include_removed={quote(value)}")
    offers = club.get("guest", f"/offers?include_pagination_info={quote(value)}")
    assert (feed.status == 200) == (offers.status == 200) == (value in ("TRUE ", "0"))
    if feed.status != 200:
        assert (
            "Send true, false, 1 or 0." in feed.body["detail"] and "Send true, false, 1 or 0." in offers.body["error"]
        )


def test_limits_of_the_feed_name_their_most_and_more_means_it(api, world):
    feeding.listed(world.acme)
    for place in (FEED, "/myadvertisers", EVENTS):
        assert api.get(f"{place}?limit={'9' * 40}").status == 200
        for wrong in ("0", "-1", "many", "000", "1.5"):
            reply = api.get(f"{place}?limit={wrong}")
            assert reply.status == 400 and "from 1 to 500" in reply.body["detail"], wrong


def test_events_say_what_after_is_and_which_types_there_are(api, world):
    for cursor in ("nonsense", "MS4y"):
        assert "`next`" in api.get(f"{EVENTS}?after={cursor}").body["detail"]
    detail = api.get(f"{EVENTS}?types=nothing").body["detail"]
    assert "“nothing”" in detail and "offer_use.made" in detail and "deal.approved" in detail


@pytest.mark.parametrize(
    "query",
    [
        "types=offer.created,%20feed_listing.added", "types=offer.created&types=feed_listing.added",
        "types[]=offer.created&types[]=feed_listing.added", "types=feed_listing.added,,&types[]=offer.created",
        "types[0]=offer.created&types[1]=feed_listing.added",
    ],
)  # fmt: skip
def test_types_of_events_are_joined_however_they_are_sent(api, world, query):
    feeding.listed(world.acme)
    _place()
    told = [event["type"] for event in api.get(f"{EVENTS}?{query}").body["events"]]
    assert told == ["offer.created", "feed_listing.added"]


def test_a_click_on_what_one_does_not_promote_says_that_it_earns_nothing(api, client, world):
    sold, other = feeding.catalog(world.acme), feeding.catalog(world.acme)
    promoted(sold.uuid, world.northwind)
    (mine, _), (not_mine, _) = feeding.listed(world.acme, sold), feeding.listed(world.acme, other)
    promoter = Caller(client, world.northwind.token)
    assert "earns" not in promoter.post(f"{FEED}/{mine.uuid}/click", {}).body
    assert promoter.post(f"{FEED}/{not_mine.uuid}/click", {}).body == {
        "url": feeding.SHOP,
        "code": None,
        "earns": False,
    }
    assert "earns" not in api.post(f"{FEED}/{not_mine.uuid}/click", {}).body, "It is one's own."


WRONG = (True, 1, 1.5, "x", "", [], {}, None, [1], "9" * 5000, [{}] * 101)


@pytest.mark.engine("sqlite")
def test_no_word_of_a_library_reaches_a_program(app):
    """Each field of each body and query with what it cannot be."""
    routes = [route for route in app.extensions["routes"] if route.is_api]
    told: set[str] = set()
    for model in {route.body for route in routes if route.body}:
        told.update(words for name in model.model_fields for value in WRONG for words in _told(model, {name: value}))
    for model in {route.query for route in routes if route.query}:
        for name in model.model_fields:
            for text in ("x", "-1", "9" * 5000, "{}"):
                told.update(_told(model, {name: [text] if name in model.SEVERAL else text}))
    assert len(told) > 20 and not [words for words in told if LIBRARY.search(words)]


def _told(model, given: dict) -> list[str]:
    try:
        model.model_validate(given)
    except ValidationError as error:
        return [item["message"] for item in gate._invalid(error).errors]
    return []


def _failed(reply) -> dict:
    assert reply.status == 422, reply.body
    return next(step for step in reply.body["checks"] if step["outcome"] == "failed")


def _place() -> None:
    while log.give_positions() == log.TOGETHER:
        pass
