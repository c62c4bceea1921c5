"""From being seen to being used: what is drawn of an offer and of a collection is what was counted."""

from datetime import UTC, date, datetime, timedelta

from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.counts import counts, course
from portal.domain.member_offers.counts.tables import OfferDay
from portal.domain.member_offers.uses import uses
from portal.domain.member_offers.uses.tables import OfferUse
from tests.support import club_offers

ZONE = "Europe/Berlin"


def look(party, offer, member, seen: int, clicked: int) -> None:
    who = club_offers.asks(party, member.id)
    for kind, number in ((counts.SEEN, seen), (counts.CLICKED, clicked)):
        counts.add(who, ["standard"], kind, [counts.Looked(offer.offer_id, datetime.now(UTC))] * number)


def test_what_was_seen_opened_and_used_is_counted_and_what_was_undone_is_not(world):
    one, other, apart = (club_offers.offer(world.acme) for _ in range(3))
    mia = club_offers.member(world.acme)
    for offer, seen, clicked, used in ((one, 5, 3, 2), (other, 4, 1, 1), (apart, 9, 9, 3)):
        look(world.acme, offer, mia, seen, clicked)
        for _ in range(used):
            club_offers.use(world.acme, mia, offer)
    uses.undo(world.acme.id, OfferUse.select().where(OfferUse.terms == one.id).order_by(OfferUse.id).first().uuid)
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    collections.add(collection, one.offer_id, other.offer_id)
    assert course.of_offer(one.id, ZONE) == course.Course(5, 3, 1)
    assert course.of_collection(collection.id, ZONE) == course.Course(9, 4, 2)
    empty = collections.make(world.acme.id, {"title": "Empty"})
    assert course.of_collection(empty.id, ZONE) == course.Course(0, 0, 0)


def test_days_are_those_of_the_clubs_time_zone_and_both_ends_count(world):
    offer, mia = club_offers.offer(world.acme), club_offers.member(world.acme)
    for day in (9, 10, 11, 12):
        OfferDay.create(terms=offer.id, day=f"2031-05-{day:02}", seen=1, clicked=1)
    begins = datetime(2031, 5, 9, 22, tzinfo=UTC)  # midnight in Berlin
    moments = (
        begins - timedelta(seconds=1),
        begins,
        begins + timedelta(days=2, seconds=-1),
        begins + timedelta(days=2),
    )
    for at in moments:
        OfferUse.create(partner=world.acme.id, terms=offer.id, member=mia.id, used_at=at, active_until=at)
    assert course.of_offer(offer.id, ZONE, date(2031, 5, 10), date(2031, 5, 11)) == course.Course(2, 2, 2)
