"""Bad input of clubs and feeds: each has its documented status and words, and nothing is written (contract: member-offers, "Errors";
offers-feed)."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.events import log
from portal.domain.events.tables import Event
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.authorizations.tables import AuthorizationCode
from portal.domain.member_offers.counts.tables import OfferDay
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.members.oauth.tables import OauthToken
from portal.domain.members.tables import Member
from tests.contract.clubs import CLIENT
from tests.support import club_offers, feeding, loyalty, oauth

TOLD = (OfferUse, OfferMember, OfferDay, MemberTerms, AuthorizationCode, Event)


@pytest.fixture
def unchanged(engine):
    """What is tried then writes nothing."""
    before: list = []

    def look() -> list:
        return [list(table.select().order_by(table.id).tuples()) for table in TOLD]

    yield lambda: before.append(look())
    assert before == [look()]


@pytest.mark.parametrize(
    ("context", "method", "path", "status", "words"),
    [
        ("guest", "GET", "/offers?order_by=price", 422, "There is no order by price here."),
        ("guest", "GET", "/offers?per_page=0", 422, "per_page"),
        ("guest", "GET", "/offers?scope=everything", 422, "scope"),
        ("member", "POST", "/offers/{offer}/use?scope=everything", 422, "scope"),
        ("member", "POST", "/offers/{offer}/use?scope=reward", 404, "Offer#{offer} not found"),
        ("member", "POST", "/offers/{read}/use", 422, "Not usable"),
        ("member", "POST", "/offers/{closed}/use", 422, "Usage authorization token missing"),
        ("guest", "POST", "/offers/{offer}/use", 404, ""),
        ("guest", "PUT", "/offers/{offer}/like", 404, ""),
        ("me", "POST", "/offers/{offer}/use", 460, "token"),
    ],
)
def test_what_a_club_cannot_take(club, mia, unchanged, context, method, path, status, words):
    made = {
        "offer": club.offer(),
        "read": club.offer(scope="informational"),
        "closed": club.offer(needs_authorization=True),
    }
    unchanged()
    reply = club(method, mia.id if context == "member" else context, path.format(**made))
    assert reply.status == status and words.format(**made) in reply.body["error"]


def test_a_thousand_to_a_page_are_the_most_that_there_are(club):
    reply = club.get("guest", "/offers?per_page=1000&include_pagination_info=true")
    assert (reply.status, reply.body["pagination_info"]["per_page"]) == (200, 100)


def test_a_club_that_is_not_there_and_one_that_is_not_the_tokens(client, world, unchanged):
    unchanged()
    for slug in ("nobody", world.rival.partner.slug):
        answer = client.get(f"/api/v3/{slug}/members/guest/offers", headers={CLIENT: world.acme.token})
        assert answer.status_code == 404 and answer.json["error"]


def test_a_members_token_that_has_expired_or_is_of_another_club(club, world, mia, unchanged):
    offer, rita = club.offer(), loyalty.customer(world.rival, "Rita")
    expired, foreign = oauth.access_of(world.acme, mia), oauth.access_of(world.rival, rita)
    long_ago = clock.now() - timedelta(seconds=1)
    OauthToken.update(access_ends=long_ago).where(OauthToken.chain.in_(_chains_of(mia))).execute()
    unchanged()
    for token in (expired, foreign):
        for method, path in (("GET", "/offers"), ("POST", f"/offers/{offer}/use"), ("PUT", f"/offers/{offer}/like")):
            reply = club(method, "me", path, Authorization=f"Bearer {token}")
            assert reply.status == 460 and "Sign the member in again" in reply.body["error"]


def _chains_of(member: Member):
    chain = OauthToken.chain.rel_model
    return chain.select(chain.id).where(chain.member == member)


def test_a_request_without_its_headers_names_the_missing_one(club, mia, unchanged):
    offer, club.token = club.offer(), None
    unchanged()
    for context in ("guest", "me", mia.id):
        reply = club.get(context, f"/offers/{offer}")
        assert reply.status == 470 and CLIENT in reply.body["error"]


def test_a_code_of_another_member_or_another_offer_is_invalid_and_stays_good_for_its_own(club, world, mia, unchanged):
    closed, other = (club_offers.offer(world.acme, needs_authorization=True) for _ in range(2))
    omar = loyalty.customer(world.acme, "Omar")
    codes = [
        authorizations.make(club_offers.asks(world.acme, who.id), what.offer_id)
        for who, what in ((omar, closed), (mia, other))
    ]
    assert len({*codes}) == 2
    unchanged()
    for code in codes:
        reply = club.post(mia.id, f"/offers/{closed.offer_id}/use", {"authorization_token": code})
        assert (reply.status, reply.body["error"]) == (422, "Usage authorization token invalid")
        assert [step["check"] for step in reply.body["checks"] if step["outcome"] == "failed"]


@pytest.mark.parametrize("cursor", ["nonsense", "%00", "MQ", "MS4xLjE", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_cursor_that_was_tampered_with_is_400_in_each_feed(api, world, unchanged, cursor):
    feeding.listed(world.acme)
    while log.give_positions() == log.TOGETHER:
        pass
    api.get("/campaigns/offers")  # Whoever reads first gives changes their moment.
    unchanged()
    # A cursor of a place is one of the whole feed, one of a moment and a place is one of its changes.
    since = "updated_since=2026-01-01T00:00:00Z"
    assert api.get(f"/campaigns/offers?{since}&cursor={cursor}").status == 400
    assert api.get(f"/campaigns/offers?cursor={cursor}").status == (200 if cursor == "MQ" else 400)
    assert api.get(f"/events?after={cursor}").status == (200 if cursor == "MQ" else 400)
