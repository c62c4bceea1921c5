"""The feed of events (contract: offers-feed, "event data")."""

import pytest

from portal import clock
from portal.domain.events import log
from portal.domain.events.tables import Event, EventBatch
from portal.domain.feed import listings
from portal.domain.member_offers import grants
from portal.domain.member_offers.authorizations import authorizations
from portal.domain.member_offers.uses.tables import OfferUse
from portal.domain.member_offers.words import SCOPES
from portal.domain.members import merging
from tests.support import club_offers, feeding

EVENTS = "/events"


def placed() -> None:
    """The worker gave every event its position."""
    while log.give_positions() == log.TOGETHER:
        pass


def types(reply) -> list[str]:
    assert reply.status == 200, reply.body
    return [event["type"] for event in reply.body["events"]]


def test_events_are_told_in_their_order_and_replayed_from_any_point(api, world):
    offer, _ = feeding.listed(world.acme)
    listings.remove(offer)
    placed()
    whole = api.get(EVENTS)
    assert types(whole)[-4:] == ["catalog.created", "offer.created", "feed_listing.added", "feed_listing.removed"]
    last = whole.body["events"][-1]
    assert list(last) == ["id", "type", "created_at", "data"] and last["data"] == {
        "thing": "offer",
        "id": offer.uuid,
        "offer_id": offer.id,
    }
    after, told = None, []
    while True:
        page = api.get(f"{EVENTS}?limit=2" + (f"&after={after}" if after else "")).body
        told += page["events"]
        after = page["next"]
        if not page["has_more"]:
            break
    assert told == whole.body["events"]
    assert api.get(f"{EVENTS}?after={after}").body == {"events": [], "next": after, "has_more": False}
    listings.put(offer, {"leads_to": feeding.SHOP})
    placed()
    assert types(api.get(f"{EVENTS}?after={after}")) == ["feed_listing.added"]


def test_what_programs_know_by_number_has_it_beside_its_uuid(api, world):
    offer, mia = (
        club_offers.offer(world.acme, type="EXCLUSIVE", needs_authorization=True),
        club_offers.member(world.acme),
    )
    asking, both = club_offers.asks(world.acme, mia.id), {"offer_id": offer.offer_id, "member_id": mia.id}
    grants.grant(asking, offer.offer_id, list(SCOPES))
    club_offers.use(world.acme, mia, offer, authorizations.make(asking, offer.offer_id))
    gone = club_offers.member(world.acme)
    merging.merge(gone, mia)
    placed()
    told = {event["type"]: event["data"] for event in api.get(EVENTS).body["events"]}
    an_offer = {"thing": "offer", "id": offer.offer.uuid}
    assert told["offer.shown_to_members"] == an_offer | {"offer_id": offer.offer_id}
    assert told["offer_grant.given"] == told["offer_use.authorized"] == an_offer | both
    used = OfferUse.get()
    assert told["offer_use.made"] == {"thing": "offer use", "id": used.uuid} | both
    merged = {"thing": "member", "id": mia.uuid, "member_id": mia.id, "from": gone.uuid, "from_id": gone.id}
    assert told["member.merged"] == merged


def test_what_has_no_position_yet_is_withheld_and_comes_later(api, world):
    placed()
    after = api.get(EVENTS).body["next"]
    feeding.catalog(world.acme)
    assert api.get(f"{EVENTS}?after={after}").body["events"] == []
    placed()
    assert types(api.get(f"{EVENTS}?after={after}")) == ["catalog.created"]


def test_types_narrow_and_a_cursor_moves_over_what_is_left_out(api, world):
    feeding.listed(world.acme)
    placed()
    page = api.get(f"{EVENTS}?types=feed_listing.added,offer.created")
    assert types(page) == ["offer.created", "feed_listing.added"]
    assert api.get(f"{EVENTS}?after={page.body['next']}").body["events"] == []
    refused = api.get(f"{EVENTS}?types=feed_listing.added,nothing")
    assert refused.status == 400 and refused.fields == ["types"]


def test_another_partners_events_are_nobody_elses(stranger, world):
    feeding.listed(world.acme)
    placed()
    assert "feed_listing.added" not in types(stranger.get(EVENTS))


@pytest.mark.parametrize("cursor", ["nonsense", "MS4y", "OTk5OTk5OTk5"])
def test_a_bad_cursor_is_400(api, cursor):
    placed()
    assert api.get(f"{EVENTS}?after={cursor}").status == 400


def test_a_cursor_older_than_what_is_kept_is_410_and_without_one_what_is_kept_is_read(api, world):
    feeding.listed(world.acme)
    placed()
    old = api.get(f"{EVENTS}?limit=1").body["next"]
    head = Event.select(Event.position).order_by(Event.position.desc()).limit(1).scalar()
    EventBatch.create(
        number=900, first_position=1, last_position=head, events=head, earliest_at=clock.now(), closed_at=clock.now(),
        content="", previous="", digest="", dropped_at=clock.now(),
    )  # fmt: skip
    gone = api.get(f"{EVENTS}?after={old}")
    assert (gone.status, gone.body["error_code"]) == (410, "cursor_too_old") and "whole lists" in gone.body["detail"]
    assert api.get(EVENTS).status == 200
